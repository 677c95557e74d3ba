"""Uploads that are far too large: no more of them is written to disk, and the form can say so at the field."""

from __future__ import annotations

from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class CappedUploadHandler(FileUploadHandler):
    """Stands before Django's handlers and lets through LARGEST_UPLOAD bytes of a file.

    The rest is read and thrown away, so that the other fields of the form arrive. The file then has no bytes but tells
    its true size, which is what fields and domain functions judge first.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass a piece on until there were too many of them."""
        return raw_data if start + len(raw_data) <= settings.LARGEST_UPLOAD else None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """A file without bytes in place of one that was too large; Django's handlers make all others."""
        if file_size <= settings.LARGEST_UPLOAD:
            return None
        self._drop_the_beginning()
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size, self.charset)

    def _drop_the_beginning(self) -> None:
        """Close and delete what the other handlers kept so far: nobody will ask them for this file."""
        for handler in self.request.upload_handlers if self.request else ():
            handler.upload_interrupted()
