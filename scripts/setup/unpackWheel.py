"""Unpacks what the engine needs of a TensorFlow wheel: python3 unpackWheel.py WHEEL FOLDER

Into FOLDER/lib go the two libraries, into FOLDER/include the headers of the C API, into FOLDER the licence texts. Some wheels carry a library
several times under several names; only the name that the others link against is kept.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import zipfile

LIBRARY = re.compile(r"tensorflow/(libtensorflow_(?:cc|framework)\.(?:so\.2|2\.dylib))$")
HEADERS = tuple(
    f"tensorflow/include/{folder}/"
    for folder in ("tensorflow/c", "tensorflow/core/platform", "tsl/platform", "xla/c", "xla/tsl/c", "xla/tsl/platform")
)
LICENCES = {"tensorflow/include/LICENSE": "LICENSE", "tensorflow/THIRD_PARTY_NOTICES.txt": "THIRD_PARTY_NOTICES.txt"}


def place_of(name: str) -> str | None:
    if library := LIBRARY.match(name):
        return f"lib/{library[1]}"
    if name.startswith(HEADERS) and name.endswith(".h"):
        return name[len("tensorflow/") :]
    return LICENCES.get(name)


def main(wheel: str, folder: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            place = place_of(name)
            if place is None:
                continue
            target = os.path.join(folder, place)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            # zipfile checks each member's CRC as it is read to the end.
            with archive.open(name) as source, open(target, "wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)


main(*sys.argv[1:])
