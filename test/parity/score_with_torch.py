"""What docs/read_model.py does, with the network written in PyTorch's own layers: its state_dict has the names of the file.

    python3 test/parity/score_with_torch.py MODEL.safetensors < SEQUENCES
"""
import sys
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "docs"))
from read_model import load, score  # noqa: E402


class Network(nn.Module):
    def __init__(self, variant, cell_types):
        super().__init__()
        told, attends = variant in ("embedding", "full"), variant in ("attention", "full")

        def block(inputs, outputs):
            return [nn.Conv1d(inputs, outputs, 8, padding=4), nn.ReLU(), nn.BatchNorm1d(outputs)]

        self.encoder = nn.Sequential(*block(4, 8), nn.MaxPool1d(2), *block(8, 8), *block(8, 16))
        self.attention = nn.Conv1d(16, 1, 1) if attends else None
        self.cell_types = nn.Embedding(cell_types, 6) if told else None
        self.head = nn.Sequential(nn.Linear(22 if told else 16, 8), nn.ReLU(), nn.Dropout(0.3), nn.Linear(8, 1))

    def forward(self, x):
        h = self.encoder(x)
        pooled = (h * torch.softmax(self.attention(h), 2)).sum(2) if self.attention else h.mean(2)
        if self.cell_types:
            pooled = torch.cat([pooled.expand(self.cell_types.num_embeddings, -1), self.cell_types.weight], 1)
        return self.head(pooled).flatten()


tensors, description = load(sys.argv[1])
network = Network(description["variant"], len(description["cellTypes"])).eval()
own = set(network.state_dict())
missing, unexpected = network.load_state_dict({name: torch.from_numpy(v) for name, v in tensors.items() if name in own}, strict=False)
assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing), (missing, unexpected)


def forward(_tensors, signal):
    with torch.no_grad():
        return network(torch.from_numpy(signal).float()[None]).double().numpy()


print("sequence", *description["cellTypes"], sep="\t")
for line in sys.stdin:
    if line.strip():
        print(line.strip(), *score(tensors, description, line.strip(), forward), sep="\t")
