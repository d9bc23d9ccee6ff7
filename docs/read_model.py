"""Scores sequences with a model of Enhancer Workbench, from its file alone (docs/model-format.md).

    python3 read_model.py MODEL.safetensors < SEQUENCES

One sequence a line; the answer is a table with a column a cell type. It needs the packages numpy and safetensors, and is
written to be read: double precision, one loop a convolution.
"""
import hashlib
import json
import sys

import numpy as np
from safetensors import safe_open

LETTERS = dict(A=1, C=2, G=4, T=8, U=8, M=3, R=5, W=9, S=6, Y=10, K=12, V=7, H=11, D=13, B=14, N=15)
PADDING = 0
FORMAT_VERSION = 2
ENCODER = (("encoder.0", "encoder.2"), ("encoder.4", "encoder.6"), ("encoder.7", "encoder.9"))


def load(path):
    """The tensors of a model file by name, and its description; raises ValueError where it is none, or not what was saved."""
    with safe_open(path, framework="np") as file:
        metadata = file.metadata() or {}
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    if metadata.get("format") != "enhancer-workbench model" or metadata.get("format_version") != str(FORMAT_VERSION):
        raise ValueError(f"{path} is no model of Enhancer Workbench of version {FORMAT_VERSION}")
    text = metadata["description"]
    if metadata["description_sha256"] != hashlib.sha256(text.encode()).hexdigest() or metadata["tensors_sha256"] != digest(tensors):
        raise ValueError(f"{path} is not what was saved: a checksum differs")
    return tensors, json.loads(text)


def digest(tensors):
    """SHA-256 over the tensors in the order of their names: a line `name dtype shape`, then the values."""
    content = hashlib.sha256()
    for name in sorted(tensors):
        values = tensors[name]
        content.update(f"{name} F32 {','.join(map(str, values.shape))}\n".encode())
        content.update(np.ascontiguousarray(values, dtype="<f4").tobytes())
    return content.hexdigest()


def codes_of(sequence):
    """Letters of either case as sets of bases, four bits each: A 1, C 2, G 4, T 8; N is all four."""
    foreign = set(sequence.upper()) - set(LETTERS)
    if foreign:
        raise ValueError(f"no DNA: {' '.join(sorted(foreign))}")
    return np.array([LETTERS[letter] for letter in sequence.upper()], dtype=np.uint8)


def centre(codes, length):
    """The middle of what is too long; what is too short stands in the middle. An odd base is lost, or added, at the end."""
    if len(codes) >= length:
        start = (len(codes) - length) // 2
        return codes[start : start + length]
    before = (length - len(codes)) // 2
    return np.pad(codes, (before, length - len(codes) - before), constant_values=PADDING)


def fit(codes, description):
    """A sequence as the model reads it: with or without the construct's adapters, and of the model's length."""
    length, adapters = description["length"], description["adapters"]
    prefix, suffix = codes_of(adapters["prefix"]), codes_of(adapters["suffix"])
    construct = len(prefix) + len(suffix)
    has_both = (
        len(codes) >= construct
        and np.array_equal(codes[: len(prefix)], prefix)
        and np.array_equal(codes[len(codes) - len(suffix) :], suffix)
    )
    if adapters["treatment"] == "cut":
        return centre(codes[len(prefix) : len(codes) - len(suffix)] if has_both else codes, length)
    room = length - construct
    if construct == 0 or len(codes) == length or room < 1 or has_both:
        return centre(codes, length)
    element = centre(codes, room) if len(codes) > room else codes
    return centre(np.concatenate([prefix, element, suffix]), length)


def reverse_complement(codes):
    """The other strand: backwards, and each set of bases with its four bits in reverse."""
    return sum(((codes[::-1] >> bit) & 1) << (3 - bit) for bit in range(4))


def one_hot(codes, ambiguous_bases):
    """[4, length] in the order A, C, G, T. A letter for several bases is shared by them, or read as nothing."""
    bits = np.stack([(codes >> bit) & 1 for bit in range(4)]).astype(np.float64)
    count = bits.sum(0)
    return bits / np.maximum(count, 1) if ambiguous_bases == "probabilities" else bits * (count == 1)


def forward(tensors, signal):
    """The network on one strand, [4, length]: one output, or one a cell type where the variant is told the cell type."""
    t = {name: values.astype(np.float64) for name, values in tensors.items()}
    x = signal
    for block, (conv, norm) in enumerate(ENCODER):
        weight = t[f"{conv}.weight"]  # [out, in, 8]
        padded = np.pad(x, ((0, 0), (4, 4)))
        positions = padded.shape[1] - 7
        x = sum(weight[:, :, k] @ padded[:, k : k + positions] for k in range(8)) + t[f"{conv}.bias"][:, None]
        x = np.maximum(x, 0)
        scale = t[f"{norm}.weight"] / np.sqrt(t[f"{norm}.running_var"] + 1e-5)
        x = (x - t[f"{norm}.running_mean"][:, None]) * scale[:, None] + t[f"{norm}.bias"][:, None]
        if block == 0:  # max pooling by twos; an odd last position is dropped
            half = x.shape[1] // 2
            x = x[:, : 2 * half].reshape(len(x), half, 2).max(2)
    if "attention.weight" in t:
        score = t["attention.weight"][0, :, 0] @ x + t["attention.bias"]
        share = np.exp(score - score.max())
        pooled = x @ (share / share.sum())
    else:
        pooled = x.mean(1)
    told = t.get("cell_types.weight")  # [cell types, 6]
    rows = pooled[None] if told is None else np.concatenate([np.tile(pooled, (len(told), 1)), told], 1)
    hidden = np.maximum(rows @ t["head.0.weight"].T + t["head.0.bias"], 0)
    return hidden @ t["head.3.weight"][0] + t["head.3.bias"]


def score(tensors, description, sequence, network=forward):
    """A score for each cell type of the description."""
    codes = fit(codes_of(sequence), description)
    strands = [codes, reverse_complement(codes)] if description["strands"] == "both" else [codes]
    outputs = [network(tensors, one_hot(strand, description["ambiguousBases"])) for strand in strands]
    scores = np.broadcast_to(np.mean(outputs, 0), len(description["cellTypes"]))
    if "calibration.scale" in tensors:
        scores = scores * tensors["calibration.scale"] + tensors["calibration.offset"]
    return scores


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        tensors, description = load(sys.argv[1])
        print("sequence", *description["cellTypes"], sep="\t")
        for line in filter(None, map(str.strip, sys.stdin)):
            print(line, *score(tensors, description, line), sep="\t")
    except ValueError as problem:
        sys.exit(str(problem))
