"""The Transformer, laid out as CTranslate2 stores it, quick on a CPU in bfloat16."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
from torch import nn
from torch.nn import functional

from .batches import Batch

MASKED = -1e4


@dataclass(frozen=True)
class Shape:
    """Sizes of the network."""

    pieces: int = 6000
    width: int = 256
    heads: int = 4
    inner: int = 1024
    encoder_layers: int = 4
    decoder_layers: int = 2

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


class Dropout:
    """Dropout from a bank of ready masks: drawing fresh ones costs more than the layer."""

    def __init__(self, rate: float, size: int = 1 << 25) -> None:
        keep = torch.rand(size) >= rate
        self.bank = keep.to(torch.bfloat16) / (1 - rate)

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        start = int(torch.randint(0, self.bank.numel() - x.numel(), ()))
        return x * self.bank[start : start + x.numel()].view(x.shape)


class Attention(nn.Module):
    """Multi-head attention by plain batched products (short sentences, small heads)."""

    def __init__(self, width: int, heads: int, cross: bool) -> None:
        super().__init__()
        self.heads, self.cross = heads, cross
        self.first = nn.Linear(width, width if cross else 3 * width)
        self.memory = nn.Linear(width, 2 * width) if cross else None
        self.last = nn.Linear(width, width)

    def forward(
        self, x: torch.Tensor, mask: torch.Tensor, memory: torch.Tensor | None = None
    ) -> torch.Tensor:
        batch, length, width = x.shape
        size = width // self.heads
        if self.memory is not None and memory is not None:
            q, (k, v) = self.first(x), self.memory(memory).chunk(2, -1)
        else:
            q, k, v = self.first(x).chunk(3, -1)
        split = (batch, -1, self.heads, size)
        q = q.reshape(split).permute(0, 2, 1, 3).reshape(batch * self.heads, length, size)
        k = k.reshape(split).permute(0, 2, 3, 1).reshape(batch * self.heads, size, -1)
        v = v.reshape(split).permute(0, 2, 1, 3).reshape(batch * self.heads, -1, size)
        scores = torch.bmm(q * size**-0.5, k).view(batch, self.heads, length, -1) + mask
        mixed = torch.bmm(scores.softmax(-1).view(batch * self.heads, length, -1), v)
        mixed = mixed.view(batch, self.heads, length, size).permute(0, 2, 1, 3)
        return self.last(mixed.reshape(batch, length, width))


class Layer(nn.Module):
    """One pre-norm layer; a decoder layer also looks at the encoder's output."""

    def __init__(self, shape: Shape, decoder: bool) -> None:
        super().__init__()
        width = shape.width
        self.self_norm, self.ffn_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.self_attention = Attention(width, shape.heads, False)
        self.cross_norm = nn.LayerNorm(width) if decoder else None
        self.cross_attention = Attention(width, shape.heads, True) if decoder else None
        self.up, self.down = nn.Linear(width, shape.inner), nn.Linear(shape.inner, width)

    def forward(
        self,
        x: torch.Tensor,
        mask: torch.Tensor,
        drop: Dropout,
        memory: torch.Tensor | None = None,
        memory_mask: torch.Tensor | None = None,
    ) -> torch.Tensor:
        x = x + drop(self.self_attention(self.self_norm(x), mask))
        if self.cross_attention is not None and self.cross_norm is not None:
            assert memory_mask is not None
            x = x + drop(self.cross_attention(self.cross_norm(x), memory_mask, memory))
        return x + drop(self.down(functional.relu(self.up(self.ffn_norm(x)), inplace=True)))


def positions(length: int, width: int) -> torch.Tensor:
    """The sinusoids that CTranslate2 computes itself (positions count from one)."""
    step = math.log(10000) / (width // 2 - 1)
    rates = torch.exp(torch.arange(width // 2) * -step)
    angles = (torch.arange(length) + 1)[:, None] * rates[None]
    return torch.cat([angles.sin(), angles.cos()], 1)


class SmoothedLoss(torch.autograd.Function):
    """Label-smoothed cross entropy through the tied output layer, gradients made at once."""

    @staticmethod
    def forward(ctx, hidden, weight, target, real, smoothing):  # type: ignore[no-untyped-def]
        grad = torch.softmax(functional.linear(hidden, weight), -1)
        right = grad.gather(1, target[:, None])
        loss = -(right[:real].float().clamp_min(1e-9).log().sum()) / real
        grad.sub_(smoothing / weight.shape[0])
        grad.scatter_(1, target[:, None], right + (smoothing - 1 - smoothing / weight.shape[0]))
        grad[real:] = 0
        grad_weight = grad.t() @ hidden
        ctx.save_for_backward((grad @ weight).div_(real), grad_weight.div_(real))
        return loss

    @staticmethod
    def backward(ctx, _):  # type: ignore[no-untyped-def]
        grad_hidden, grad_weight = ctx.saved_tensors
        return grad_hidden, grad_weight, None, None, None


class Network(nn.Module):
    """Encoder and decoder over one shared table of pieces."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.shape, self.drop = shape, Dropout(dropout)
        self.pieces = nn.Embedding(shape.pieces, shape.width)
        nn.init.normal_(self.pieces.weight, std=shape.width**-0.5)
        self.encoder = nn.ModuleList(Layer(shape, False) for _ in range(shape.encoder_layers))
        self.decoder = nn.ModuleList(Layer(shape, True) for _ in range(shape.decoder_layers))
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        self.table = positions(512, shape.width).to(torch.bfloat16)
        self._start_small()

    def _start_small(self) -> None:
        depth = 2 * self.shape.encoder_layers
        for name, weight in self.named_parameters():
            if weight.ndim == 2 and "pieces" not in name:
                nn.init.normal_(weight, std=weight.shape[1] ** -0.5)
                if "last" in name or "down" in name:
                    weight.data.mul_(depth**-0.5)
            elif name.endswith("bias"):
                nn.init.zeros_(weight)

    def _embed(self, ids: torch.Tensor) -> torch.Tensor:
        x = self.pieces(ids) * self.shape.width**0.5
        return self.drop(x + self.table[: ids.shape[1]])

    def loss(self, batch: Batch, smoothing: float) -> torch.Tensor:
        """Mean loss per target piece."""
        source_width, width = batch.source.shape[1], batch.target.shape[1] - 1
        absent = torch.arange(source_width)[None] >= batch.source_length[:, None]
        mask = (absent.to(torch.bfloat16) * MASKED)[:, None, None, :]
        causal = torch.full((width, width), MASKED, dtype=torch.bfloat16).triu(1)
        x = self._embed(batch.source)
        for layer in self.encoder:
            x = layer(x, mask, self.drop)
        memory, y = self.encoder_norm(x), self._embed(batch.target[:, :-1])
        for layer in self.decoder:
            y = layer(y, causal, self.drop, memory, mask)
        written = torch.arange(width)[None] < (batch.target_length - 1)[:, None]
        rows = written.flatten().nonzero().squeeze(1)
        real = rows.numel()
        rows = functional.pad(rows, (0, -real % 256))
        hidden = self.decoder_norm(y.reshape(-1, self.shape.width)[rows])
        target = batch.target[:, 1:].reshape(-1)[rows]
        return SmoothedLoss.apply(hidden, self.pieces.weight, target, real, smoothing)
