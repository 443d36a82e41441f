"""Files that people send are held in memory, never on a disk, and only where a form asks for them.

Django writes a file of more than 2.5 MB into a temporary file, in clear, where it can be found after
it was deleted. Here nothing does. A file that is too large, or one too many, is read past and dropped:
the rest of the form arrives, and the view sees which field it was. A form that is beyond all measure,
or comes while there is no room, is refused before any of it is read.
"""

from __future__ import annotations

import threading
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpResponse
from django.http.multipartparser import MultiPartParserError

from alongside.doors.showing.arriving import arriving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

    from django.http import HttpRequest

TOO_LARGE, TOO_MUCH, NO_ROOM = 413, 429, 503
"""The outermost layer turns each into 303 to the page that says that something went wrong."""


class NoFiles(FileUploadHandler):
    """Refuses the whole form at its first file. What every view has that does not ask for files."""

    def new_file(self, *_args: Any, **_more: Any) -> None:  # noqa: ANN401 - Django's signature
        """Refuse."""
        raise TooManyFilesSent


class Held(FileUploadHandler):
    """Holds at most MOST_FILES files of LARGEST_FILE bytes in memory, and says which others it dropped.

    Its bytes are not called ``file``: Django closes what has that name when the next file is dropped.
    """

    def __init__(self, request: HttpRequest) -> None:
        """Hold nothing yet."""
        super().__init__(request)
        self._arriving = arriving(request)
        self._bytes: BytesIO | None = None
        self._complete = 0

    def new_file(self, field_name: str, *args: Any, **more: Any) -> None:  # noqa: ANN401 - Django's signature
        """Begin a file, unless there are enough."""
        super().new_file(field_name, *args, **more)
        if self._complete >= settings.MOST_FILES:
            self._arriving.too_many.add(field_name)
            raise SkipFile
        self._bytes = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece, or drop the file when it has become too large."""
        if self._bytes is None or start + len(raw_data) > settings.LARGEST_FILE:
            self._bytes = None
            self._arriving.too_large.add(str(self.field_name))
            raise SkipFile
        self._bytes.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """Hand a whole file over."""
        held, self._bytes = self._bytes, None
        if held is None:
            return None
        self._complete += 1
        held.seek(0)
        return InMemoryUploadedFile(
            held, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )

    def upload_interrupted(self) -> None:
        """Refuse a form that ends within a file: it would be taken as one without the file."""
        if self._bytes is not None:
            self._bytes = None
            message = "A form ended within a file."
            raise MultiPartParserError(message)


class FilesInMemory:
    """Lets views marked with ``takes_files`` have files. Stands before CsrfViewMiddleware, which reads the form.

    Holding files takes memory and a thread for as long as the sender sends. MOST_UPLOADS of a process's
    threads may do so at once; the others are there for everybody else. A form without a file to speak of
    needs no room.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Wrap the rest of the site."""
        self._get_response = get_response
        self._room = threading.BoundedSemaphore(settings.MOST_UPLOADS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request, and give its room back."""
        try:
            return self._get_response(request)
        finally:
            if request.__dict__.pop("holds_room", False):
                self._room.release()

    def make_ready(
        self, request: HttpRequest, view: object, _args: object, _more: object
    ) -> HttpResponse | None:
        """Make a form with files ready to be read, or refuse it unread."""
        if not getattr(view, "takes_files", False):
            return None
        come = arriving(request)
        come.too_large, come.too_many = set(), set()
        if request.method != "POST" or request.content_type != "multipart/form-data":
            return None
        length = length_of(request.META)
        if length > settings.LARGEST_FORM:
            return HttpResponse(status=TOO_LARGE)
        if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:  # smaller ones are like any form
            if not come.admit(0):
                return HttpResponse(status=TOO_MUCH)
            if not self._room.acquire(blocking=False):
                return HttpResponse(status=NO_ROOM)
            request.__dict__["holds_room"] = True
        request.upload_handlers = [Held(request)]
        return None

    process_view = make_ready  # the name that Django calls it by


class Whole:
    """Refuses a form that was cut off on its way, which would be taken for one that says less.

    A server in front that waits for the whole form keeps such forms away. One that passes files on as
    they come does not.
    """

    def __init__(self, inner: WSGIApplication) -> None:
        """Wrap an application."""
        self._inner = inner

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        environ["wsgi.input"] = _Counted(environ["wsgi.input"], length_of(environ))
        return self._inner(environ, start_response)


class _Counted:
    """A body that fails where it ends before its announced length."""

    def __init__(self, inner: InputStream, length: int) -> None:
        self._inner, self._left = inner, length

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        found = self._inner.read(wanted) if wanted else b""
        if len(found) < wanted:
            message = "A form was cut off."
            raise OSError(message)
        self._left -= len(found)
        return found

    def readline(self, size: int = -1) -> bytes:
        found = self._inner.readline(self._left if size < 0 else min(size, self._left))
        self._left -= len(found)
        return found


def length_of(meta: WSGIEnvironment) -> int:
    """Return the announced length of a form in bytes; 0 where none is announced, or no number."""
    try:
        return max(int(meta.get("CONTENT_LENGTH") or 0), 0)
    except ValueError:
        return 0
