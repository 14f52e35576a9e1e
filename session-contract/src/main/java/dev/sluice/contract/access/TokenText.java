package dev.sluice.contract.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token as its holder sends it: {@code sluice_<id>_<secret>}. The id has 64 random bits in hexadecimal, the secret 256 in base64url.
 * It is shown once, when it is made.
 *
 * @param id public part, the key of the access-tokens topic
 * @param secret the part that only its holder knows
 */
public record TokenText(String id, String secret) {

    private static final Pattern FORM = Pattern.compile("sluice_([0-9a-f]{16})_([A-Za-z0-9_-]{43})");

    /** A new one. */
    public static TokenText random(SecureRandom random) {
        byte[] id = new byte[8];
        byte[] secret = new byte[32];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new TokenText(
                java.util.HexFormat.of().formatHex(id),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /** The parts of a token, or nothing if {@code text} does not have the form of one. */
    public static Optional<TokenText> parse(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new TokenText(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /** The whole token, to be given to its holder and to nobody else. */
    public String reveal() {
        return "sluice_" + id + "_" + secret;
    }

    /** Names the token without its secret. */
    @Override
    public String toString() {
        return "token " + id;
    }
}
