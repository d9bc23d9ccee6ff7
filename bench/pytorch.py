"""The peer: the four variants in PyTorch, trained with the recipe `seed`, as the script that the workbench replaces trains them.

One row (sequence x cell type) at a time through the whole network, or with --trunk shared one pass of the trunk a
sequence, as the workbench does; with --trunk one each sequence is a row of one cell type. Prints one JSON document. Run: python3 pytorch.py --variant embedding --batch 64
`--batch` counts sequences; each is trained in all three cell types, so a step has three times as many rows.
"""
import argparse
import json
import time

import torch
from torch import nn

LENGTH, CELL_TYPES, EMBEDDING = 230, 3, 6


class Variant(nn.Module):
    def __init__(self, name):
        super().__init__()
        conv = lambda i, o: [nn.Conv1d(i, o, 8, padding=4), nn.ReLU(), nn.BatchNorm1d(o)]
        self.encoder = nn.Sequential(*conv(4, 8), nn.MaxPool1d(2), *conv(8, 8), *conv(8, 16))
        self.attention = nn.Conv1d(16, 1, 1) if name in ("attention", "full") else None
        self.embedding = nn.Embedding(CELL_TYPES, EMBEDDING) if name in ("embedding", "full") else None
        features = 16 + (EMBEDDING if self.embedding else 0)
        self.head = nn.Sequential(nn.Linear(features, 8), nn.ReLU(), nn.Dropout(0.3), nn.Linear(8, 1))

    def trunk(self, x):
        h = self.encoder(x)
        if self.attention is None:
            return h.mean(2)
        return (h * torch.softmax(self.attention(h), 2)).sum(2)

    def forward(self, x, cell):
        pooled = self.trunk(x)
        if len(cell) != len(pooled):  # the shared trunk: each sequence's features stand for all of its cell types
            pooled = pooled.repeat_interleave(len(cell) // len(pooled), 0)
        if self.embedding is not None:
            pooled = torch.cat([pooled, self.embedding(cell)], 1)
        return self.head(pooled)


def rate(step, rows, seconds):
    for i in range(3):
        step(i)
    start, steps = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        step(steps)
        steps += 1
    return rows * steps / (time.perf_counter() - start)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--variant", default="embedding")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--trunk", choices=["rows", "shared", "one"], default="rows")
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    options = parser.parse_args()
    torch.manual_seed(0)

    net, mse = Variant(options.variant).to(options.device), nn.MSELoss()
    adam = torch.optim.Adam(net.parameters(), lr=1e-4, weight_decay=1e-4)
    rows = options.batch * (1 if options.trunk == "one" else CELL_TYPES)
    sequences = rows if options.trunk == "rows" else options.batch
    x = torch.zeros(4 * sequences, 4, LENGTH).scatter_(1, torch.randint(0, 4, (4 * sequences, 1, LENGTH)), 1.0)
    cell = torch.arange(4 * rows) % CELL_TYPES
    y = torch.randn(4 * rows, 1)
    x, cell, y = (tensor.to(options.device) for tensor in (x, cell, y))

    def slices(i):
        return slice((i % 4) * sequences, (i % 4 + 1) * sequences), slice((i % 4) * rows, (i % 4 + 1) * rows)

    def train(i):
        of_x, of_rows = slices(i)
        adam.zero_grad()
        loss = mse(net(x[of_x], cell[of_rows]), y[of_rows])
        loss.backward()
        adam.step()
        return loss.item()

    def predict(i):
        of_x, of_rows = slices(i)
        with torch.no_grad():
            net(x[of_x], cell[of_rows]).cpu().numpy()

    # With its default, which suits a calm machine, and with one thread, which suits a busy one; the better counts.
    threads = sorted({1, torch.get_num_threads()}) if options.device == "cpu" else [torch.get_num_threads()]

    def best(step):
        rates = []
        for count in threads:
            torch.set_num_threads(count)
            rates.append((rate(step, rows, options.seconds / len(threads)), count))
        return dict(zip(("rowsPerSecond", "threads"), max(rates)))

    trained = best(train)
    net.eval()
    print(json.dumps({"torch": torch.__version__, "train": trained, "predict": best(predict)}))


main()
