"""Unpacks what the engine needs of a wheel: python3 unpackWheel.py WHEEL FOLDER

Of TensorFlow's: into FOLDER/lib go the two libraries, into FOLDER/include the headers of the C API, into FOLDER the licence texts. Some wheels
carry a library several times under several names; only the name that the others link against is kept.
Of NVIDIA's: into FOLDER/nvidia go the libraries of CUDA, and the assembler and the device library that TensorFlow looks for there, into
FOLDER/licences their licence texts.
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
OF_NVIDIA = re.compile(r"nvidia/\w+/lib/[^/]+\.so[.\d]*$|nvidia/cuda_nvcc/(?:bin/ptxas$|nvvm/libdevice/)")
LICENCE_OF_NVIDIA = re.compile(r"(nvidia_\w+)-[^/]+\.dist-info/(?:licenses/)?(License[^/]*)$", re.IGNORECASE)
LICENCES = {"tensorflow/include/LICENSE": "LICENSE", "tensorflow/THIRD_PARTY_NOTICES.txt": "THIRD_PARTY_NOTICES.txt"}


def place_of(name: str) -> str | None:
    if library := LIBRARY.match(name):
        return f"lib/{library[1]}"
    if name.startswith(HEADERS) and name.endswith(".h"):
        return name[len("tensorflow/") :]
    if OF_NVIDIA.match(name):
        return name
    if licence := LICENCE_OF_NVIDIA.match(name):
        return f"licences/{licence[1]}/{licence[2]}"
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
            if place.endswith("/bin/ptxas"):
                os.chmod(target, 0o755)


main(*sys.argv[1:])
