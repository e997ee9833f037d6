"""Kinds of arrays that the room computes with."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Whole = NDArray[np.int64]
Rows = NDArray[np.int32]
Bits = NDArray[np.uint64]
Hashes = NDArray[np.uint32]
Flags = NDArray[np.bool_]
Marks = NDArray[np.uint8]
