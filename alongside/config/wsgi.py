"""The way in for a web server."""

from django.core.wsgi import get_wsgi_application

from alongside.config.outermost import SeeOther

application = SeeOther(get_wsgi_application())
