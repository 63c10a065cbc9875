"""Muon for the matrices of the layers, AdamW for the rest, both over fp32 masters."""

from __future__ import annotations

import torch
from torch import Tensor, nn

_COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def orthogonalise(matrix: Tensor, steps: int = 5) -> Tensor:
    """Return the nearest half-orthogonal matrix (Newton-Schulz iteration in bf16)."""
    first, second, third = _COEFFICIENTS
    work = matrix.bfloat16()
    tall = work.shape[0] > work.shape[1]
    work = work.T if tall else work
    work = work / (work.norm() + 1e-7)
    for _ in range(steps):
        product = work @ work.T
        product = torch.addmm(product, product, product, beta=second, alpha=third)
        work = torch.addmm(work, product, work, beta=first)
    return work.T if tall else work


def is_hidden_matrix(name: str, parameter: Tensor) -> bool:
    """Tell whether Muon updates the parameter."""
    return parameter.dim() == 2 and ".layers." in name


class MixedOptimiser:
    """Keeps fp32 masters of a bf16 network and updates them.

    Several workers may share one network: each gives its gradients, and each updates
    its own part of the parameters with the mean of everybody's gradients.
    """

    def __init__(self, network: nn.Module, workers: int) -> None:
        """Lay out the state in shared memory."""
        self._live = {n: p for n, p in network.named_parameters() if p.requires_grad}
        self.masters = {n: _shared(p.detach().float()) for n, p in self._live.items()}
        network.bfloat16().share_memory()
        self._first = {n: _shared(torch.zeros_like(m)) for n, m in self.masters.items()}
        self._second = {
            n: _shared(torch.zeros_like(m))
            for n, m in self.masters.items()
            if not is_hidden_matrix(n, m)
        }
        self.average = {n: _shared(m) for n, m in self.masters.items()}
        self._gradients = [
            {n: _shared(torch.zeros_like(m).bfloat16()) for n, m in self.masters.items()}
            for _ in range(workers)
        ]
        self._parts = self._share_out(workers)

    def _share_out(self, workers: int) -> list[list[str]]:
        """Give every worker about the same amount of parameters of either kind."""
        parts: list[list[str]] = [[] for _ in range(workers)]
        loads = [0.0] * workers
        costs = {
            n: m.numel() * (1.0 if n in self._second else 6.0) for n, m in self.masters.items()
        }
        for name in sorted(costs, key=lambda n: -costs[n]):
            lightest = loads.index(min(loads))
            parts[lightest].append(name)
            loads[lightest] += costs[name]
        return parts

    @torch.no_grad()
    def give(self, worker: int, gradients: dict[str, Tensor | None]) -> None:
        """Hand in the gradients of one worker."""
        for name, shared in self._gradients[worker].items():
            gradient = gradients[name]
            if gradient is None:
                shared.zero_()
            else:
                shared.copy_(gradient)

    @torch.no_grad()
    def step(self, worker: int, step: int, rates: tuple[float, float]) -> float:
        """Update one worker's part; return the norm of its gradients outside Muon."""
        total = {
            n: sum(g[n].float() for g in self._gradients) / len(self._gradients)
            for n in self._parts[worker]
        }
        plain = [n for n in total if n in self._second]
        norm = float(torch.sqrt(sum((total[n] ** 2).sum() for n in plain)))
        if norm != norm or norm == float("inf"):
            return norm
        factor = min(1.0, 1.0 / (norm + 1e-6))
        keep = min(0.998, step / (step + 20.0))
        for name, gradient in total.items():
            master = self.masters[name]
            if name in self._second:
                self._adam(name, gradient * factor, rates[1], step)
            else:
                self._muon(name, gradient, rates[0])
            self._live[name].data.copy_(master)
            self.average[name].lerp_(master, 1.0 - keep)
        return norm

    def _muon(self, name: str, grad: Tensor, rate: float, decay: float = 0.05) -> None:
        momentum, master = self._first[name], self.masters[name]
        momentum.lerp_(grad, 0.05)
        update = orthogonalise(grad.lerp(momentum, 0.95)).float()
        ratio = max(1.0, master.shape[0] / master.shape[1]) ** 0.5
        master.mul_(1.0 - rate * decay).add_(update, alpha=-rate * ratio)

    def _adam(self, name: str, grad: Tensor, rate: float, step: int) -> None:
        first, second = self._first[name], self._second[name]
        first.lerp_(grad, 0.1)
        second.lerp_(grad * grad, 0.02)
        fixed_first = first / (1.0 - 0.9**step)
        fixed_second = second / (1.0 - 0.98**step)
        self.masters[name].addcdiv_(fixed_first, fixed_second.sqrt().add_(1e-8), value=-rate)

    def state(self) -> dict[str, dict[str, Tensor]]:
        """Return what a checkpoint needs."""
        return {
            "masters": self.masters,
            "first": self._first,
            "second": self._second,
            "average": self.average,
        }

    def load(self, state: dict[str, dict[str, Tensor]]) -> None:
        """Restore from a checkpoint."""
        for kind, tensors in self.state().items():
            for name, tensor in tensors.items():
                tensor.copy_(state[kind][name])
        for name, live in self._live.items():
            live.data.copy_(self.masters[name])


def _shared(tensor: Tensor) -> Tensor:
    return tensor.clone().share_memory_()
