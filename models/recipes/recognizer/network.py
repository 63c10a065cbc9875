"""The Whisper architecture, with the parameter names of Hugging Face's implementation.

Unlike that implementation it accepts inputs of any length, and it carries an auxiliary
CTC head during training, which is thrown away at export.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from .alphabet import CTC_CLASSES, VOCABULARY
from .features import MELS


@dataclass(frozen=True)
class Shape:
    """Sizes of the network."""

    width: int = 256
    heads: int = 4
    feed_forward: int = 1024
    encoder_layers: int = 6
    decoder_layers: int = 2
    source_positions: int = 1500
    target_positions: int = 448

    def as_dict(self) -> dict[str, int]:
        """Return the sizes by name."""
        return asdict(self)


def sinusoids(length: int, channels: int) -> Tensor:
    """Return Whisper's fixed encoder positions."""
    step = math.log(10000) / (channels // 2 - 1)
    scales = torch.exp(-step * torch.arange(channels // 2))
    angles = torch.arange(length)[:, None] * scales[None, :]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """Multi-head attention; the key projection has no bias, as in Whisper."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.k_proj = nn.Linear(width, width, bias=False)
        self.v_proj = nn.Linear(width, width)
        self.q_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def _split(self, values: Tensor) -> Tensor:
        batch, length, width = values.shape
        return values.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

    def forward(self, queries: Tensor, memory: Tensor, causal: bool = False) -> Tensor:
        """Attend from the queries to the memory."""
        query, key = self._split(self.q_proj(queries)), self._split(self.k_proj(memory))
        scores = (query * query.shape[-1] ** -0.5) @ key.transpose(2, 3)
        if causal:
            future = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1)
            scores = scores.masked_fill(future, -1e4)
        mixed = scores.softmax(-1) @ self._split(self.v_proj(memory))
        return self.out_proj(mixed.transpose(1, 2).flatten(2))


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward, normalised first."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.self_attn = Attention(shape.width, shape.heads)
        self.self_attn_layer_norm = nn.LayerNorm(shape.width)
        self.fc1 = nn.Linear(shape.width, shape.feed_forward)
        self.fc2 = nn.Linear(shape.feed_forward, shape.width)
        self.final_layer_norm = nn.LayerNorm(shape.width)

    def forward(self, states: Tensor) -> Tensor:
        """Apply the layer."""
        normed = self.self_attn_layer_norm(states)
        states = states + self.self_attn(normed, normed)
        hidden = functional.gelu(self.fc1(self.final_layer_norm(states)))
        return states + self.fc2(hidden)


class DecoderLayer(EncoderLayer):
    """The encoder's layer with attention to the encoder's output in between."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(shape)
        self.encoder_attn = Attention(shape.width, shape.heads)
        self.encoder_attn_layer_norm = nn.LayerNorm(shape.width)

    def decode(self, states: Tensor, memory: Tensor) -> Tensor:
        """Apply the layer to a whole target sequence."""
        normed = self.self_attn_layer_norm(states)
        states = states + self.self_attn(normed, normed, causal=True)
        normed = self.encoder_attn_layer_norm(states)
        states = states + self.encoder_attn(normed, memory)
        hidden = functional.gelu(self.fc1(self.final_layer_norm(states)))
        return states + self.fc2(hidden)


class Encoder(nn.Module):
    """Two convolutions (the second halves the time) and the layers."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(MELS, shape.width, 3, padding=1)
        self.conv2 = nn.Conv1d(shape.width, shape.width, 3, stride=2, padding=1)
        self.embed_positions = nn.Embedding(shape.source_positions, shape.width)
        self.embed_positions.weight.requires_grad_(False)
        self.layers = nn.ModuleList(EncoderLayer(shape) for _ in range(shape.encoder_layers))
        self.layer_norm = nn.LayerNorm(shape.width)

    @staticmethod
    def _convolve(states: Tensor, layer: nn.Conv1d) -> Tensor:
        """Convolve (batch, time, channels) as one matrix product: faster in bf16."""
        stride = layer.stride[0]
        padded = functional.pad(states, (0, 0, 1, 1))
        windows = padded.unfold(1, 3, stride).flatten(2)
        return functional.linear(windows, layer.weight.flatten(1), layer.bias)

    def forward(self, features: Tensor) -> Tensor:
        """Encode features of shape (batch, frames, mels), an even number of frames."""
        states = functional.gelu(self._convolve(features, self.conv1))
        states = functional.gelu(self._convolve(states, self.conv2))
        states = states + self.embed_positions.weight[: states.shape[1]]
        for layer in self.layers:
            states = layer(states)
        return self.layer_norm(states)


class Decoder(nn.Module):
    """Token and position embeddings and the layers."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(len(VOCABULARY), shape.width)
        self.embed_positions = nn.Embedding(shape.target_positions, shape.width)
        self.layers = nn.ModuleList(DecoderLayer(shape) for _ in range(shape.decoder_layers))
        self.layer_norm = nn.LayerNorm(shape.width)

    def forward(self, tokens: Tensor, memory: Tensor, classes: int) -> Tensor:
        """Return the scores of the next token (the first `classes` only) at every place."""
        states = self.embed_tokens(tokens) + self.embed_positions.weight[: tokens.shape[1]]
        for layer in self.layers:
            states = layer.decode(states, memory)
        return functional.linear(self.layer_norm(states), self.embed_tokens.weight[:classes])


class Recogniser(nn.Module):
    """Encoder, decoder and the auxiliary CTC head."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.encoder = Encoder(shape)
        self.decoder = Decoder(shape)
        self.ctc = nn.Linear(shape.width, CTC_CLASSES)
        self._initialise(shape)

    def _initialise(self, shape: Shape) -> None:
        for name, parameter in self.named_parameters():
            if parameter.dim() >= 2:
                nn.init.normal_(parameter, std=0.02)
            elif name.endswith("bias"):
                nn.init.zeros_(parameter)
        for layer in (*self.encoder.layers, *self.decoder.layers):
            for linear in (layer.self_attn, layer.fc1, layer.fc2):
                for weight in linear.parameters():
                    if weight.dim() == 2:
                        nn.init.xavier_uniform_(weight)
        for convolution in (self.encoder.conv1, self.encoder.conv2):
            nn.init.kaiming_normal_(convolution.weight)
        self.encoder.embed_positions.weight.data.copy_(
            sinusoids(shape.source_positions, shape.width)
        )

    def forward(
        self, features: Tensor, tokens: Tensor, classes: int = len(VOCABULARY)
    ) -> tuple[Tensor, Tensor]:
        """Return the scores of the decoder and of the CTC head."""
        memory = self.encoder(features)
        return self.decoder(tokens, memory, classes), self.ctc(memory)
