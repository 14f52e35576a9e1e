package dev.sluice.benchmarks.workload;

import java.util.random.RandomGenerator;

/** Generates scanner findings: their wording, file names and lines, with the escapes and umlauts that such texts contain. */
final class Findings {

    private static final String[] WORDS = """
            SQL injection in the login form unvalidated input reaches a query cookie \
            without Secure attribute cross-site scripting through parameter \\"name\\" deserialization of untrusted data \
            weak hash MD5 hard-coded password path traversal by \\"../\\" missing header Größe \
            nicht geprüft réponse HTTP/1.1 200 OK TLS 1.0 accepted\
            """.split(" ");
    private static final int[] CWES = {
        20, 22, 78, 79, 89, 94, 125, 190, 200, 287, 295, 311, 327, 352, 434, 502, 601, 798, 918
    };
    private static final String[] FOLDERS = {"web", "api", "core", "auth", "billing", "report", "import", "admin"};

    private Findings() {}

    /** Appends a finding of about {@code words} words as a JSON object. */
    static void append(StringBuilder json, int words, RandomGenerator random) {
        json.append("{\"count\":").append(1 + random.nextInt(9));
        json.append(",\"cwe\":").append(CWES[random.nextInt(CWES.length)]);
        json.append(",\"description\":\"");
        for (int i = 0; i < words; i++) {
            json.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        json.append('"');
        if (words > 2) {
            json.append(",\"at\":\"src/").append(FOLDERS[random.nextInt(FOLDERS.length)]);
            json.append("/Page")
                    .append(random.nextInt(100))
                    .append(".java:")
                    .append(1 + random.nextInt(900))
                    .append('"');
        }
        json.append('}');
    }
}
