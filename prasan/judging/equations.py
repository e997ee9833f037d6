"""Equations solved in decimals of 50 digits, in a fixed order of steps.

Decimal arithmetic is laid down to the last digit, binary libraries of linear algebra are not: they add up in
an order of their own on each machine. What is rounded here to a few digits is the same everywhere, and the
same whatever the rows are called, since another order of rows moves only digits that are rounded away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction

WORKING = Context(prec=50, rounding=ROUND_HALF_EVEN, traps=[DivisionByZero, InvalidOperation, Overflow])
"""In which all of this is to be computed: `with localcontext(WORKING)`."""

ZERO = Decimal(0)
ONE = Decimal(1)
NOISE = Decimal("1E-30")
"""What is smaller comes from rounding at 50 digits."""
PLACES = Decimal("0.000001")

Vector = list[Decimal]
Matrix = list[Vector]


def decimal(value: Fraction) -> Decimal:
    """The fraction as a decimal of 50 digits."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def settled(value: Decimal) -> Decimal:
    """The value half-even to six places; what lies at a half but for rounding at 50 digits is at the half."""
    rounded = value.quantize(NOISE, context=WORKING).quantize(PLACES, context=WORKING)
    return WORKING.add(rounded, ZERO)  # no zero below zero


def dot(left: Sequence[Decimal], right: Sequence[Decimal]) -> Decimal:
    """The sum of products, added up from the first on."""
    total = ZERO
    for one, other in zip(left, right, strict=True):
        total += one * other
    return total


def inverse(matrix: Matrix) -> Matrix:
    """The inverse of a symmetric, positive definite matrix."""
    size = len(matrix)
    lower: Matrix = []
    for row in range(size):
        line: Vector = []
        for column in range(row):
            line.append((matrix[row][column] - dot(line, lower[column][:column])) / lower[column][column])
        line.append((matrix[row][row] - dot(line, line)).sqrt())
        lower.append(line)
    # rows of the inverse of the lower half, then their products
    halves: Matrix = []
    for row in range(size):
        line = []
        for column in range(row):
            above = [halves[between][column] for between in range(column, row)]
            line.append(-dot(lower[row][column:row], above) / lower[row][row])
        line.append(ONE / lower[row][row])
        halves.append(line)
    columns = [[halves[row][column] for row in range(column, size)] for column in range(size)]
    found = [[ZERO] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            found[row][column] = dot(columns[row], columns[column][row - column :])
            found[column][row] = found[row][column]
    return found


@dataclass(frozen=True, slots=True)
class Tridiagonal:
    """A symmetric matrix turned so that only its diagonal and the line beside it are not zero.

    `turned` is the vector that was turned along. Sums over eigenvalues are found in one pass for any shift.
    """

    diagonal: Vector
    beside: Vector
    turned: Vector

    def solved(self, shift: Decimal) -> Vector:
        """What solves (matrix + shift) x = vector, as turned; matrix and shift together positive definite."""
        size = len(self.diagonal)
        pivots, right = [self.diagonal[0] + shift], [self.turned[0]]
        for row in range(1, size):
            factor = self.beside[row - 1] / pivots[row - 1]
            pivots.append(self.diagonal[row] + shift - factor * self.beside[row - 1])
            right.append(self.turned[row] - factor * right[row - 1])
        found = [ZERO] * size
        found[-1] = right[-1] / pivots[-1]
        for row in range(size - 2, -1, -1):
            found[row] = (right[row] - self.beside[row] * found[row + 1]) / pivots[row]
        return found

    def trace_of_inverse(self, shift: Decimal) -> Decimal:
        """The trace of the inverse of (matrix + shift); both together positive definite."""
        size = len(self.diagonal)
        down = [self.diagonal[0] + shift]
        for row in range(1, size):
            down.append(self.diagonal[row] + shift - self.beside[row - 1] ** 2 / down[row - 1])
        up = [ZERO] * size
        up[-1] = self.diagonal[-1] + shift
        for row in range(size - 2, -1, -1):
            up[row] = self.diagonal[row] + shift - self.beside[row] ** 2 / up[row + 1]
        total = ZERO
        for row in range(size):
            total += ONE / (down[row] + up[row] - self.diagonal[row] - shift)
        return total

    def eigenvalues_below(self, bound: Decimal) -> int:
        """How many eigenvalues are smaller than the bound (Sturm's count)."""
        count, pivot = 0, ONE
        for row, value in enumerate(self.diagonal):
            coupled = self.beside[row - 1] ** 2 / pivot if row else ZERO
            pivot = value - bound - coupled or -NOISE
            count += pivot < 0
        return count


def tridiagonal(matrix: Matrix, vector: Vector) -> Tridiagonal:
    """The symmetric matrix and the vector, turned together by Householder's mirrors."""
    rest, turned = [list(row) for row in matrix], list(vector)
    size = len(rest)
    beside: Vector = []
    for step in range(size - 1):
        mirror = [rest[row][step] for row in range(step + 1, size)]
        length = dot(mirror, mirror).sqrt()
        first = mirror[0]
        if length <= NOISE:
            beside.append(ZERO)
            continue
        beside.append(-length if first > 0 else length)
        mirror[0] = first - beside[-1]
        _mirror(rest, turned, mirror, step + 1, 2 / dot(mirror, mirror))
    return Tridiagonal([rest[row][row] for row in range(size)], beside, turned)


def _mirror(rest: Matrix, turned: Vector, mirror: Vector, start: int, factor: Decimal) -> None:
    """Turn what is left of matrix and vector from row `start` on."""
    length = len(mirror)
    pushed = [factor * dot(rest[start + row][start:], mirror) for row in range(length)]
    half = factor / 2 * dot(pushed, mirror)
    pushed = [value - half * part for value, part in zip(pushed, mirror, strict=True)]
    for row in range(length):
        line = rest[start + row]
        for column in range(length):
            line[start + column] -= mirror[row] * pushed[column] + pushed[row] * mirror[column]
    weight = factor * dot(turned[start:], mirror)
    for row in range(length):
        turned[start + row] -= weight * mirror[row]
