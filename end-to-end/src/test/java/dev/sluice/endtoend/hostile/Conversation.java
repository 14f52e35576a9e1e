package dev.sluice.endtoend.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the corpus, line by line:
 *
 * <ul>
 *   <li>{@code # text}: a comment
 *   <li>{@code > text}: sends the text and CRLF
 *   <li>{@code >> text}: sends the text only
 *   <li>{@code < 400 "text"}: expects a response with this status that contains the text, if one is given
 *   <li>{@code < closed}: expects no further response
 * </ul>
 *
 * <p>In what is sent, <code>{token}</code> is replaced by a token, <code>{length}</code> by the number of bytes in the
 * {@code >>} lines up to the next response, and <code>{1000*text}</code> by the text a thousand times. {@code \r},
 * {@code \n}, {@code \t}, {@code \0}, {@code \xHH} and {@code \\} are bytes.
 */
record Conversation(List<Step> steps) {

    private static final Pattern REPEATED = Pattern.compile("\\{(\\d+)\\*([^}]*)}");
    private static final Pattern EXPECTED = Pattern.compile("(\\d{3})(?: \"(.*)\")?");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(?:x([0-9A-Fa-f]{2})|(.))");

    static Conversation read(Path file, String token) throws IOException {
        List<Step> steps = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("<")) {
                if (!sent.isEmpty()) {
                    steps.add(new Step.Send(bytes(sent, token)));
                    sent.clear();
                }
                steps.add(expected(line.substring(1).strip()));
            } else if (line.startsWith(">")) {
                sent.add(line);
            } else if (!line.startsWith("#")) {
                throw new IllegalArgumentException(file + ": expected #, >, >> or < before \"" + line + "\"");
            }
        }
        if (!sent.isEmpty() || steps.isEmpty()) {
            throw new IllegalArgumentException(file + ": expected an answer at its end");
        }
        return new Conversation(List.copyOf(steps));
    }

    private static Step expected(String text) {
        if (text.equals("closed")) {
            return new Step.Closed();
        }
        Matcher answer = EXPECTED.matcher(text);
        if (!answer.matches()) {
            throw new IllegalArgumentException("expected a status and a quoted text, or closed: " + text);
        }
        String within = answer.group(2);
        return new Step.Answered(Integer.parseInt(answer.group(1)), within == null ? "" : within);
    }

    private static byte[] bytes(List<String> lines, String token) {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        lines.stream().filter(Conversation::isRaw).forEach(line -> raw.writeBytes(bytes(content(line), token, 0)));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String line : lines) {
            all.writeBytes(bytes(content(line), token, raw.size()));
            if (!isRaw(line)) {
                all.writeBytes(new byte[] {'\r', '\n'});
            }
        }
        return all.toByteArray();
    }

    private static boolean isRaw(String line) {
        return line.startsWith(">>");
    }

    private static String content(String line) {
        String text = line.substring(isRaw(line) ? 2 : 1);
        return text.startsWith(" ") ? text.substring(1) : text;
    }

    private static byte[] bytes(String text, String token, int length) {
        String known = text.replace("{token}", token).replace("{length}", Integer.toString(length));
        String repeated = REPEATED.matcher(known)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(2).repeat(Integer.parseInt(found.group(1)))));
        return ESCAPED.matcher(repeated)
                .replaceAll(found -> Matcher.quoteReplacement(Character.toString(unescaped(found))))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static char unescaped(MatchResult found) {
        if (found.group(1) != null) {
            return (char) Integer.parseInt(found.group(1), 16);
        }
        return switch (found.group(2)) {
            case "r" -> '\r';
            case "n" -> '\n';
            case "t" -> '\t';
            case "0" -> '\0';
            case "\\" -> '\\';
            default -> throw new IllegalArgumentException("no such escape: " + found.group());
        };
    }
}
