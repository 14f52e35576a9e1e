package dev.sluice.contract.submission;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Stores numbers that are not 64-bit integers without loss: as a double if its shortest decimal form is the number as written, else as a decimal128
 * if that holds every digit. Other numbers are errors.
 */
final class ExactNumbers {

    // Any decimal of up to 15 significant digits survives conversion to a double and back, within the normal range.
    private static final int DIGITS_A_DOUBLE_KEEPS = 15;
    private static final int DECIMAL128_DIGITS = 34;
    private static final int DECIMAL128_MIN_EXPONENT = -6176;
    private static final int DECIMAL128_MAX_EXPONENT = 6111;
    // The cost of conversion grows with the square of the length.
    private static final int MOST_CHARACTERS = 1_024;
    private static final int SHOWN = 40;

    private ExactNumbers() {}

    /**
     * Passes the parser's current number on.
     *
     * @param integral whether it was written without a fraction or an exponent, so that reading it back gives the same form
     * @return the error, or null
     */
    static @Nullable String write(JsonParser parser, boolean integral, @Nullable FieldName name, DocumentSink sink) {
        if (!integral && isKeptByDouble(parser)) {
            sink.float64(name, parser.getDoubleValue());
            return null;
        }
        String text = parser.getString();
        if (text.length() > MOST_CHARACTERS) {
            return "The number " + Texts.cut(text, SHOWN) + " is too long: expected at most " + MOST_CHARACTERS
                    + " characters.";
        }
        BigDecimal number = parse(text);
        if (number == null) {
            return refusal(text);
        }
        double nearest = number.doubleValue();
        if (!integral && Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(number) == 0) {
            sink.float64(name, nearest);
            return null;
        }
        BigDecimal decimal = asDecimal128(number);
        if (decimal != null) {
            sink.decimal128(name, decimal);
            return null;
        }
        return refusal(text);
    }

    private static boolean isKeptByDouble(JsonParser parser) {
        char[] text = parser.getStringCharacters();
        int offset = parser.getStringOffset();
        int end = offset + parser.getStringLength();
        int digits = 0;
        for (int i = offset; i < end; i++) {
            char c = text[i];
            if (c == 'e' || c == 'E') {
                return false;
            }
            if (c >= '0' && c <= '9' && (digits > 0 || c != '0')) {
                digits++;
            }
        }
        return digits <= DIGITS_A_DOUBLE_KEEPS && end - offset <= 2 * DIGITS_A_DOUBLE_KEEPS;
    }

    private static @Nullable BigDecimal parse(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            // The exponent exceeds 32 bits.
            return null;
        }
    }

    /** Returns the same number with at most 34 digits and an exponent within decimal128's range, or null if that is impossible. */
    private static @Nullable BigDecimal asDecimal128(BigDecimal number) {
        if (-(long) number.scale() > DECIMAL128_MAX_EXPONENT + DECIMAL128_DIGITS) {
            // Stripping its zeros would raise the exponent further, possibly beyond 32 bits.
            return null;
        }
        BigDecimal candidate = number.precision() <= DECIMAL128_DIGITS ? number : number.stripTrailingZeros();
        if (candidate.precision() > DECIMAL128_DIGITS) {
            return null;
        }
        long exponent = -(long) candidate.scale();
        if (exponent < DECIMAL128_MIN_EXPONENT) {
            candidate = candidate.stripTrailingZeros();
            exponent = -(long) candidate.scale();
        }
        // Each unused digit allows lowering a large exponent by one.
        long lowest = exponent - (DECIMAL128_DIGITS - candidate.precision());
        return exponent >= DECIMAL128_MIN_EXPONENT && lowest <= DECIMAL128_MAX_EXPONENT ? candidate : null;
    }

    static String refusal(String text) {
        return "The number " + Texts.cut(text, SHOWN)
                + " cannot be stored exactly: expected one that a 64-bit integer, a double or a decimal128 holds.";
    }
}
