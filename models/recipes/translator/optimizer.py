"""Muon for the matrices inside the layers, Adam for the rest; 32-bit master weights."""

from __future__ import annotations

import torch

from .network import Network

ROOTS = (
    (4.0848, -6.8946, 2.9270),
    (3.9505, -6.3029, 2.6377),
    (3.7418, -5.5913, 2.3037),
    (2.8769, -3.1427, 1.2046),
    (2.8366, -3.0525, 1.2012),
)
BETAS, TINY = (0.9, 0.98), 1e-9


def orthogonal(stack: torch.Tensor) -> torch.Tensor:
    """Newton-Schulz: the nearest orthogonal matrix to each matrix of a stack, in bfloat16."""
    x = stack.to(torch.bfloat16)
    tall = x.shape[1] > x.shape[2]
    x = x.transpose(1, 2).contiguous() if tall else x
    x = x / (x.norm(dim=(1, 2), keepdim=True) * 1.01 + 1e-7)
    for a, b, c in ROOTS:
        square = x @ x.transpose(1, 2)
        x = a * x + (b * square + c * (square @ square)) @ x
    return x.transpose(1, 2) if tall else x


class Optimizer:
    """Keeps master weights and their running mean; writes bfloat16 into the network."""

    def __init__(self, network: Network, decay: float = 0.01) -> None:
        self.names = [name for name, _ in network.named_parameters()]
        self.live = [weight for _, weight in network.named_parameters()]
        self.master = [weight.detach().float().clone() for weight in self.live]
        self.mean = [weight.clone() for weight in self.master]
        self.first = [torch.zeros_like(weight) for weight in self.master]
        matrix = [
            w.ndim == 2 and "pieces" not in n for n, w in zip(self.names, self.live, strict=True)
        ]
        self.matrices = [i for i, yes in enumerate(matrix) if yes]
        self.others = [i for i, yes in enumerate(matrix) if not yes]
        self.second = {i: torch.zeros_like(self.master[i]) for i in self.others}
        self.decay, self.step_number = decay, 0
        self.write()

    def write(self) -> None:
        """Copy the master weights into the network."""
        torch._foreach_copy_(list(self.live_data()), self.master)

    def live_data(self) -> list[torch.Tensor]:
        return [weight.data for weight in self.live]

    def _muon(self, grads: list[torch.Tensor], rate: float) -> None:
        width = min(min(self.master[i].shape) for i in self.matrices)
        groups: dict[tuple[int, int], list[tuple[torch.Tensor, torch.Tensor]]] = {}
        momentum = min(0.95, 0.85 + 0.1 * self.step_number / 300)
        for i in self.matrices:
            self.first[i].mul_(momentum).add_(grads[i])
            look = grads[i] + momentum * self.first[i]
            self.master[i].mul_(1 - rate * self.decay)
            joined = self.master[i].shape[0] in (2 * width, 3 * width)
            parts = self.master[i].shape[0] // width if joined else 1
            for weight, part in zip(self.master[i].chunk(parts), look.chunk(parts), strict=True):
                groups.setdefault(tuple(weight.shape), []).append((weight, part))
        for (rows, columns), members in groups.items():
            turned = orthogonal(torch.stack([part for _, part in members])).float()
            scale = max(1.0, rows / columns) ** 0.5
            for (weight, _), direction in zip(members, turned, strict=True):
                weight.add_(direction, alpha=-rate * scale)

    def _adam(self, grads: list[torch.Tensor], rate: float) -> None:
        beta_one, beta_two = BETAS
        fix_one, fix_two = 1 - beta_one**self.step_number, 1 - beta_two**self.step_number
        for i in self.others:
            self.first[i].lerp_(grads[i], 1 - beta_one)
            self.second[i].mul_(beta_two).addcmul_(grads[i], grads[i], value=1 - beta_two)
            root = (self.second[i] / fix_two).sqrt_().add_(TINY)
            self.master[i].addcdiv_(self.first[i], root, value=-rate / fix_one)

    @torch.no_grad()
    def step(self, matrix_rate: float, other_rate: float) -> float:
        """One update from the gradients in the network; returns their norm."""
        self.step_number += 1
        grads = [weight.grad.float() for weight in self.live]  # type: ignore[union-attr]
        norm = float(torch.linalg.vector_norm(torch.stack(torch._foreach_norm(grads))))
        if norm > 1.0:
            torch._foreach_mul_(grads, 1.0 / norm)
        self._muon(grads, matrix_rate)
        self._adam(grads, other_rate)
        if self.step_number % 5 == 0:
            keep = min(0.99, self.step_number / (self.step_number + 50))
            torch._foreach_lerp_(self.mean, self.master, 1 - keep)
        self.write()
        for weight in self.live:
            weight.grad = None
        return norm

    def state(self) -> dict[str, object]:
        """Everything needed to go on later."""
        return {
            "master": self.master,
            "mean": self.mean,
            "first": self.first,
            "second": self.second,
            "step": self.step_number,
        }

    def restore(self, state: dict[str, object]) -> None:
        """Take up a saved state."""
        self.master, self.mean = state["master"], state["mean"]  # type: ignore[assignment]
        self.first, self.second = state["first"], state["second"]  # type: ignore[assignment]
        self.step_number = int(state["step"])  # type: ignore[call-overload]
        self.write()
