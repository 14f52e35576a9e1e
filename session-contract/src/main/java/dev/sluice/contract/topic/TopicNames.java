package dev.sluice.contract.topic;

/** The names of the six topics. A prefix lets several installations share a Kafka cluster. */
public record TopicNames(String prefix) {

    public static final TopicNames DEFAULT = new TopicNames("");

    public TopicNames {
        if (!prefix.matches("[a-zA-Z0-9._-]{0,100}")) {
            throw new IllegalArgumentException("topic prefix \"" + prefix
                    + "\" is not made of at most 100 letters, digits, dots, dashes and underscores");
        }
    }

    /** Every submission: the key is the project's id, the value the JSON body exactly as submitted. */
    public String submissions() {
        return prefix + "analysis-submissions";
    }

    public String outcomes() {
        return prefix + "analysis-outcomes";
    }

    /** Records that cannot be read as a submission at all, unchanged, with the reason in headers. */
    public String deadLetters() {
        return prefix + "analysis-dead-letters";
    }

    /** Access tokens by id, compacted. */
    public String accessTokens() {
        return prefix + "access-tokens";
    }

    /** The last use of each access token, compacted. */
    public String tokenUses() {
        return prefix + "token-uses";
    }

    /** Which log the store is filled from, compacted. */
    public String installation() {
        return prefix + "installation";
    }
}
