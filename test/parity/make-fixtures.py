"""Makes what PyTorch computes, for the engine to be held to: test/parity/fixtures/*.json and src/engine/backends/provingNumbers.ts.

Run where PyTorch is importable:  python3 test/parity/make-fixtures.py

The networks are those of the variants, written with PyTorch's own layers. The trunk runs once a sequence and the head once a
sequence and cell type, as in the engine; with every cell type measured this is what one row at a time gives, too. Expected
numbers are computed in double precision from float32 weights; dropout is off.
"""
import base64
import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

ROOT = Path(__file__).resolve().parents[2]
PADDING, N, R = 0, 15, 5
LENGTH, BATCH, CELLS = 45, 6, 3
RECIPE = dict(learningRate=1e-3, weightDecay=1e-2)


class Network(nn.Module):
    def __init__(self, attention, told, cells):
        super().__init__()
        block = lambda i, o: [nn.Conv1d(i, o, 8, padding=4), nn.ReLU(), nn.BatchNorm1d(o)]
        self.encoder = nn.Sequential(*block(4, 8), nn.MaxPool1d(2), *block(8, 8), *block(8, 16))
        self.attention = nn.Conv1d(16, 1, 1) if attention else None
        self.cell_types = nn.Embedding(cells, 6) if told else None
        self.head = nn.Sequential(nn.Linear(22 if told else 16, 8), nn.ReLU(), nn.Dropout(0.), nn.Linear(8, 1))
        self.cells = cells

    def forward(self, x):
        h = self.encoder(x)
        pooled = (h * torch.softmax(self.attention(h), 2)).sum(2) if self.attention else h.mean(2)
        rows = pooled.repeat_interleave(self.cells, 0)
        if self.cell_types:
            rows = torch.cat([rows, self.cell_types(torch.arange(self.cells).repeat(len(x)))], 1)
        return self.head(rows).reshape(len(x), self.cells)


VARIANTS = dict(baseline=(False, False), embedding=(False, True), attention=(True, False), full=(True, True))


def one_hot(codes, ambiguous):
    """Codes as in src/shared/dna/bases.ts: the bases that a letter stands for, as bits. [batch, 4, length]."""
    bits = (codes[..., None] >> np.arange(4)) & 1
    count = bits.sum(-1, keepdims=True)
    shared = bits / np.maximum(count, 1)
    return torch.tensor(np.where(count == 1, bits, shared if ambiguous == 'probabilities' else 0).swapaxes(1, 2).copy(), dtype=torch.float64)


def packed(array, dtype='<f4'):
    return base64.b64encode(np.ascontiguousarray(np.asarray(array), dtype=dtype).tobytes()).decode()


def tensors(named):
    return {name: dict(shape=list(t.shape), values=packed(t.detach().numpy())) for name, t in named if 'num_batches' not in name}


def loss_of(net, x, y):
    measured = ~torch.isnan(y)
    return nn.functional.mse_loss(net(x)[measured], y[measured])


def float32_weights(net):
    """Double-precision weights that float32 holds exactly."""
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(p.float().double())
    return net


def trained(net, x, y, steps, optimizer):
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_of(net, x, y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


STEPS = (('adam1', torch.optim.Adam, 1), ('adam20', torch.optim.Adam, 20), ('adamw20', torch.optim.AdamW, 20))


class Case:
    """A batch and the weights to begin with."""

    def __init__(self, variant, seed):
        torch.manual_seed(seed)
        rng = np.random.default_rng(seed)
        self.variant, self.ambiguous = variant, 'probabilities' if variant in ('embedding', 'full') else 'zeros'
        self.codes = 1 << rng.integers(0, 4, (BATCH, LENGTH))
        self.codes[0, 3], self.codes[1, 17:20], self.codes[2, 40:] = R, N, PADDING
        self.y = torch.tensor(rng.normal(0, 1, (BATCH, CELLS)).astype('float32').astype('float64'))
        self.y[1, 2], self.y[4, 0] = torch.nan, torch.nan
        self.x = one_hot(self.codes, self.ambiguous)
        first = Network(*VARIANTS[variant], CELLS).double()
        with torch.no_grad():  # scales of both signs, offsets that are not zero
            for name, p in first.named_parameters():
                if isinstance(first.get_submodule(name.rsplit('.', 1)[0]), nn.BatchNorm1d):
                    p.add_(torch.randn_like(p) * (.8 if name.endswith('weight') else .3))
        self.initial = {k: v.clone() for k, v in float32_weights(first).state_dict().items()}

    def network(self, dtype=torch.float64):
        net = Network(*VARIANTS[self.variant], CELLS).double()
        net.load_state_dict(self.initial)
        return net.to(dtype)

    def train(self, optimizer, steps, dtype=torch.float64):
        net = self.network(dtype)
        losses = trained(net, self.x.to(dtype), self.y.to(dtype), steps, optimizer(net.parameters(), lr=RECIPE['learningRate'], weight_decay=RECIPE['weightDecay']))
        return losses, net

    def well_conditioned(self):
        """Adam divides a gradient by its own size, so where one is zero by chance its rounding errors decide. A case is
        good when PyTorch's own single and double precision agree far within what the engine is held to."""
        for _, optimizer, steps in STEPS:
            single, double = (dict(self.train(optimizer, steps, dtype)[1].named_parameters()) for dtype in (torch.float32, torch.float64))
            for name, p in double.items():
                if name == 'attention.bias' and optimizer is torch.optim.AdamW:
                    continue  # its true gradient is zero always
                if (single[name] - p).abs().max() > (1e-6 if steps == 1 else 1e-5) * p.abs().max():
                    return False
        return True


def fixture(variant):
    case = next(case for case in (Case(variant, seed) for seed in range(1000)) if case.well_conditioned())
    net = case.network()
    predictions = net(case.x)
    loss = loss_of(case.network(), case.x, case.y)
    differentiated = case.network()
    loss_of(differentiated, case.x, case.y).backward()
    result = dict(
        variant=variant, cellTypes=CELLS, length=LENGTH, batch=BATCH, ambiguousBases=case.ambiguous, recipe=RECIPE,
        codes=packed(case.codes, 'u1'), activities=packed(case.y.numpy()), initial=tensors(case.initial.items()),
        training=dict(predictions=packed(predictions.detach().numpy()), loss=loss.item(),
                      gradients=tensors((n, p.grad) for n, p in differentiated.named_parameters()),
                      statistics=tensors(net.named_buffers())),
    )
    for name, optimizer, steps in STEPS:
        losses, net = case.train(optimizer, steps)
        result[name] = dict(losses=losses, tensors=tensors(net.state_dict().items()))
        if name == 'adam20':
            # From the float32 numbers that the fixture holds, so that only the evaluation is compared.
            net = net.float().double().eval()
            with torch.no_grad():
                result['evaluation'] = dict(predictions=packed(net(case.x).numpy()))
    return result


def optimizers():
    """Twenty steps of each optimiser on gradients that are given, so that a rule is held to its numbers and nothing else. One
    tensor begins as zeros, as offsets do; some gradients are zero throughout, as those of a dead unit are."""
    rng, shapes, steps, rate = np.random.default_rng(5), [(3, 4), (5,), (2, 3, 2), (4,)], 20, .02
    single = lambda values: np.asarray(values, 'float32').astype('float64')
    initial = [single(rng.normal(0, .5, shape)) for shape in shapes[:-1]] + [np.zeros(shapes[-1])]
    gradients = [[single(rng.normal(0, 10 ** rng.uniform(-4, 1), shape)) for shape in shapes] for _ in range(steps)]
    for step in gradients:
        step[1][2] = 0

    def by_pytorch(make):
        parameters = [nn.Parameter(torch.tensor(values)) for values in initial]
        optimizer, weights = make(parameters), []
        for step in gradients:
            for parameter, gradient in zip(parameters, step):
                parameter.grad = torch.tensor(gradient)
            optimizer.step()
            weights.append(np.concatenate([p.detach().numpy().ravel() for p in parameters]))
        return weights

    def lamb(decay):
        """Algorithm 2 of You et al. 2020 (arXiv 1904.00962) with phi(z) = z, by numpy alone."""
        x, beta1, beta2, epsilon, weights = [v.copy() for v in initial], .9, .999, 1e-6, []
        m, v = [np.zeros(s) for s in shapes], [np.zeros(s) for s in shapes]
        for t, step in enumerate(gradients, 1):
            for i, g in enumerate(step):
                m[i] = beta1 * m[i] + (1 - beta1) * g
                v[i] = beta2 * v[i] + (1 - beta2) * g * g
                r = m[i] / (1 - beta1 ** t) / (np.sqrt(v[i] / (1 - beta2 ** t)) + epsilon)
                u = r + decay * x[i]
                norms = np.linalg.norm(x[i]), np.linalg.norm(u)
                x[i] = x[i] - rate * (norms[0] / norms[1] if all(norms) else 1.) * u
            weights.append(np.concatenate([values.ravel() for values in x]))
        return weights

    optim, cases = torch.optim, []
    rules = dict(adagrad=optim.Adagrad, adadelta=optim.Adadelta, adam=optim.Adam, adamw=optim.AdamW, nadam=optim.NAdam, radam=optim.RAdam)
    for decay in (0., .01):
        for name, rule in rules.items():
            cases.append((name, 0., decay, by_pytorch(lambda p: rule(p, lr=rate, weight_decay=decay))))
        for momentum in (0., .9):
            for name, rule in dict(sgd=optim.SGD, rmsprop=optim.RMSprop).items():
                cases.append((name, momentum, decay, by_pytorch(lambda p: rule(p, lr=rate, weight_decay=decay, momentum=momentum))))
        cases.append(('lamb', 0., decay, lamb(decay)))
    flat = lambda tensors: packed(np.concatenate([values.ravel() for values in tensors]))
    return dict(sizes=[int(np.prod(s)) for s in shapes], learningRate=rate, initial=flat(initial), gradients=[flat(step) for step in gradients],
                cases=[dict(optimizer=n, momentum=m, weightDecay=d, first=packed(w[0]), last=packed(w[-1])) for n, m, d, w in cases])


def pearson_loss(p, y):
    """1 - r, a cell type at a time over its measured rows; the mean over those with at least two."""
    rs = [torch.corrcoef(torch.stack([p[m, c], y[m, c]]))[0, 1] for c in range(y.shape[1]) if (m := ~torch.isnan(y[:, c])).sum() > 1]
    return 1 - torch.stack(rs).mean()


def losses():
    """Losses and their gradients by predictions and, where there are variances, by what softplus makes them of. The last cell type
    has one row measured; one variance is below the least."""
    rng, rows, cells, delta = np.random.default_rng(6), 9, 4, .7
    single = lambda values: torch.tensor(np.asarray(values, 'float32').astype('float64'))
    y = single(rng.normal(0, 1, (rows, cells)))
    y[2, 0] = y[5, 0] = y[7, 1] = torch.nan
    y[1:, 3] = torch.nan
    p, z = single(rng.normal(0, 1, (rows, cells))).requires_grad_(), rng.normal(0, 2, (rows, cells))
    z[3, 2] = -20
    z = single(z).requires_grad_()
    m = ~torch.isnan(y)
    values = dict(
        mse=lambda: nn.MSELoss()(p[m], y[m]), huber=lambda: nn.HuberLoss(delta=delta)(p[m], y[m]), pearson=lambda: pearson_loss(p, y),
        gaussianNll=lambda: nn.GaussianNLLLoss(eps=1e-6)(p[m], y[m], nn.functional.softplus(z)[m]),
    )
    results = {}
    for name, value in values.items():
        p.grad = z.grad = None
        loss = value()
        loss.backward()
        results[name] = dict(loss=loss.item(), byPredictions=packed(p.grad), byRawVariances=None if z.grad is None else packed(z.grad))
    return dict(rows=rows, cellTypes=cells, huberDelta=delta, activities=packed(y), predictions=packed(p.detach()), rawVariances=packed(z.detach()), losses=results)


def variance_step(variant):
    """The Gaussian loss of a whole network whose last layer has a second output, and its gradients, on the batch of the fixture."""
    case = next(case for case in (Case(variant, seed) for seed in range(1000)) if case.well_conditioned())
    net, rng = case.network(), np.random.default_rng(7)
    variance = nn.Linear(8, 1).double()
    with torch.no_grad():
        for p in variance.parameters():
            p.copy_(torch.tensor(rng.normal(0, .3, tuple(p.shape)).astype('float32').astype('float64')))
    hidden = []
    net.head[2].register_forward_hook(lambda _, __, output: hidden.append(output))
    m = ~torch.isnan(case.y)
    p = net(case.x)
    z = variance(hidden[0]).reshape(p.shape)
    loss = nn.GaussianNLLLoss(eps=1e-6)(p[m], case.y[m], nn.functional.softplus(z)[m])
    loss.backward()
    named = [*net.named_parameters(), *((f'variance.{n}', q) for n, q in variance.named_parameters())]
    return dict(variant=variant, variance=tensors((f'variance.{n}', q) for n, q in variance.named_parameters()), loss=loss.item(),
                gradients=tensors((n, q.grad) for n, q in named))


def one_cycle():
    cycles = []
    for steps in (7, 40, 1000):
        adam = torch.optim.AdamW([nn.Parameter(torch.zeros(1))], lr=1.)
        cycle = torch.optim.lr_scheduler.OneCycleLR(adam, max_lr=.02, total_steps=steps)
        rates = []
        for _ in range(steps):
            rates.append(cycle.get_last_lr()[0])
            adam.step()
            if len(rates) < steps:
                cycle.step()
        cycles.append(dict(steps=steps, peak=.02, rates={i: rates[i] for i in sorted({*range(0, steps, max(1, steps // 12)), steps - 1})}))
    return cycles


def proving_numbers():
    """One step of `embedding` whose weights and batch are formulas, small enough to be part of the program, and large enough that
    the native encoder, which computes up to 16 sequences side by side, has a whole block of them and a part of another."""
    length, batch, cells = 24, 20, 2
    net = Network(*VARIANTS['embedding'], cells).double()
    with torch.no_grad():
        i = 0
        for p in net.parameters():
            p.copy_((torch.sin(torch.arange(i + 1, i + 1 + p.numel(), dtype=torch.float64)) * .5).float().double().reshape(p.shape))
            i += p.numel()
    at = np.arange(batch * length)
    codes = (1 << ((at * at // 3 + at * at // 7 + at // 5) % 4)).reshape(batch, length)
    y = torch.tensor(np.cos(np.arange(batch * cells)).astype('float32').astype('float64').reshape(batch, cells))
    x = one_hot(codes, 'zeros')
    adam = torch.optim.Adam(net.parameters(), lr=.01, weight_decay=.01)
    loss = trained(net, x, y, 1, adam)[0]
    after = loss_of(net, x, y)
    sums = {name: float(p.detach().square().sum()) for name, p in net.named_parameters()}
    lines = [f"  loss: {loss!r},", f"  lossAfter: {after.item()!r},", "  squaredSums: {", *(f"    '{k}': {v!r}," for k, v in sums.items()), "  },"]
    return '\n'.join([
        '/**', ' * What PyTorch computes for the proving step: the loss before and after one step of Adam, and the sum of squares of', ' * every tensor after it.',
        ' * Made by test/parity/make-fixtures.py; do not edit.', ' */', 'export const provingNumbers = {', *lines, '} as const', ''])


if __name__ == '__main__':
    folder = ROOT / 'test/parity/fixtures'
    folder.mkdir(exist_ok=True)
    for variant in VARIANTS:
        (folder / f'{variant}.json').write_text(json.dumps(fixture(variant), indent=1) + '\n')
    (folder / 'oneCycle.json').write_text(json.dumps(one_cycle(), indent=1) + '\n')
    (folder / 'optimizers.json').write_text(json.dumps(optimizers(), indent=1) + '\n')
    (folder / 'losses.json').write_text(json.dumps(dict(losses(), steps=[variance_step(v) for v in ('baseline', 'full')]), indent=1) + '\n')
    (ROOT / 'src/engine/backends/provingNumbers.ts').write_text(proving_numbers())
    print(f'made with PyTorch {torch.__version__}')
