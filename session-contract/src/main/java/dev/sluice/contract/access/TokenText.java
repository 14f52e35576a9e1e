package dev.sluice.contract.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A token as its holder sends it: {@code sluice_<id>_<secret>}. The id is 64 random bits in hexadecimal and public, the secret 256 random bits in
 * base64url. The whole token is shown once, when it is created.
 */
public record TokenText(String id, String secret) {

    private static final String PREFIX = "sluice_";
    private static final int ID_END = PREFIX.length() + 16;
    private static final int LENGTH = ID_END + 1 + 43;

    public static TokenText random(SecureRandom random) {
        byte[] id = new byte[8];
        byte[] secret = new byte[32];
        random.nextBytes(id);
        random.nextBytes(secret);
        return new TokenText(
                HexFormat.of().formatHex(id),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    public static Optional<TokenText> parse(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX) || text.charAt(ID_END) != '_') {
            return Optional.empty();
        }
        for (int i = PREFIX.length(); i < LENGTH; i++) {
            char c = text.charAt(i);
            if (i < ID_END ? !isHexDigit(c) : !isBase64Url(c)) {
                return Optional.empty();
            }
        }
        return Optional.of(new TokenText(text.substring(PREFIX.length(), ID_END), text.substring(ID_END + 1)));
    }

    private static boolean isHexDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private static boolean isBase64Url(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
    }

    /** Returns the whole token, including the secret, to give to its holder and nobody else. */
    public String reveal() {
        return "sluice_" + id + "_" + secret;
    }

    @Override
    public String toString() {
        return "token " + id;
    }
}
