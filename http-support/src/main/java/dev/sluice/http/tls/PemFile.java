package dev.sluice.http.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A snapshot of a file of PEM blocks. */
record PemFile(Path path, String text) {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----([^-]*)-----END \\1-----", Pattern.DOTALL);

    /** What is between two delimiter lines, which name its type. */
    record Block(String label, String base64) {

        byte[] content() {
            return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
        }

        /** Omits the contents, which may be a key. */
        @Override
        public String toString() {
            return "Block[" + label + "]";
        }
    }

    static PemFile read(Path path) throws UnfitCertificateException {
        // Opening a pipe waits for a writer, for ever if there is none.
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new UnfitCertificateException(path + " is not a file: expected PEM");
        }
        try (InputStream file = Files.newInputStream(path)) {
            byte[] bytes = file.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new UnfitCertificateException(path + " is longer than " + MAX_BYTES + " bytes: expected PEM");
            }
            return new PemFile(path, new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException _) {
            throw new UnfitCertificateException(path + " cannot be read (there is no such file)");
        } catch (AccessDeniedException _) {
            throw new UnfitCertificateException(path + " cannot be read (access is denied)");
        } catch (IOException e) {
            throw new UnfitCertificateException(path + " cannot be read (" + e.getMessage() + ")");
        }
    }

    List<Block> blocks() throws UnfitCertificateException {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            Block block = new Block(matcher.group(1), matcher.group(2));
            try {
                block.content();
                blocks.add(block);
            } catch (IllegalArgumentException _) {
                throw new UnfitCertificateException(path + " has a block " + block.label() + " that is not Base64");
            }
        }
        return blocks;
    }

    /** Omits the contents, which may be a key. */
    @Override
    public String toString() {
        return "PemFile[" + path + "]";
    }
}
