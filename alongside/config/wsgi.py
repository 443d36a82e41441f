"""The way in for a web server."""

from django.core.wsgi import get_wsgi_application

from alongside.config.outermost import SeeOther
from alongside.config.uploads import Whole

application = SeeOther(Whole(get_wsgi_application()))
