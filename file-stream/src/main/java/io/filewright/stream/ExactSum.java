package io.filewright.stream;

import java.math.BigInteger;

/// The exact sum of floating-point numbers, as an integer number of 2^-1074, which all of them are
/// multiples of: the small superaccumulator of R. Neal, "Fast exact summation using small and large
/// superaccumulators" (2015).
///
/// ```
///   limbs   [0]  [1]  [2] ... [66]    each worth 2^32 times the one before
///   number       \_______/            53 bits reach into three of them
/// ```
final class ExactSum {

  private static final int LIMB_BITS = 32;
  private static final long LIMB_MASK = (1L << LIMB_BITS) - 1;

  /// 2^-1074 to 2^1024, and room for sums.
  private static final int LIMBS = (1074 + 1024) / LIMB_BITS + 4;

  /// A limb has 31 bits beside its own 32, and no number adds more than 2^32 to one.
  private static final int MOST_UNCARRIED = 1 << 29;

  private static final int FRACTION_BITS = Double.PRECISION - 1;
  private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
  private static final int EXPONENT_MASK = 0x7FF;
  private static final int LEAST_EXPONENT = -1074;
  private static final int KEPT_BITS = 64;

  private final long[] limbs = new long[LIMBS];
  private int uncarried;

  /// Infinities and NaNs, which have no place in the limbs; their sum is what the hardware says.
  private double special;

  void add(double value) {
    long bits = Double.doubleToRawLongBits(value);
    int exponent = (int) (bits >> FRACTION_BITS) & EXPONENT_MASK;
    if (exponent == EXPONENT_MASK) {
      special += value;
      return;
    }
    long fraction = bits & FRACTION_MASK;
    int shift = exponent == 0 ? 0 : exponent - 1;
    addShifted(exponent == 0 ? fraction : fraction | FRACTION_MASK + 1, shift, bits < 0);
    if (++uncarried == MOST_UNCARRIED) {
      carry();
    }
  }

  private void addShifted(long mantissa, int shift, boolean negative) {
    int limb = shift / LIMB_BITS;
    int within = shift % LIMB_BITS;
    long low = (mantissa << within) & LIMB_MASK;
    long middle = (mantissa >>> (LIMB_BITS - within)) & LIMB_MASK;
    long high = within == 0 ? 0 : mantissa >>> (2 * LIMB_BITS - within);
    if (negative) {
      limbs[limb] -= low;
      limbs[limb + 1] -= middle;
      limbs[limb + 2] -= high;
    } else {
      limbs[limb] += low;
      limbs[limb + 1] += middle;
      limbs[limb + 2] += high;
    }
  }

  void add(ExactSum other) {
    carry();
    other.carry();
    special += other.special;
    for (int i = 0; i < LIMBS; i++) {
      limbs[i] += other.limbs[i];
    }
    uncarried = 1;
  }

  /// The nearest number there is; of two, the even one.
  double rounded() {
    if (special != 0) { // also if it is no number
      return special;
    }
    var exact = BigInteger.ZERO;
    for (int i = LIMBS - 1; i >= 0; i--) {
      exact = exact.shiftLeft(LIMB_BITS).add(BigInteger.valueOf(limbs[i]));
    }
    int dropped = Math.max(0, exact.abs().bitLength() - KEPT_BITS);
    return Math.scalb(shortened(exact, dropped).doubleValue(), LEAST_EXPONENT + dropped);
  }

  /// Without some bits; the last one that stays tells whether any of them was set, so that half-way
  /// cases are still seen.
  private static BigInteger shortened(BigInteger exact, int dropped) {
    BigInteger size = exact.abs();
    BigInteger rest = size.shiftRight(dropped);
    if (size.getLowestSetBit() < dropped && size.signum() != 0) {
      rest = rest.setBit(0);
    }
    return exact.signum() < 0 ? rest.negate() : rest;
  }

  /// Leaves 32 bits in each limb but the last, which keeps the sign.
  private void carry() {
    for (int i = 0; i < LIMBS - 1; i++) {
      limbs[i + 1] += limbs[i] >> LIMB_BITS;
      limbs[i] &= LIMB_MASK;
    }
    uncarried = 1;
  }
}
