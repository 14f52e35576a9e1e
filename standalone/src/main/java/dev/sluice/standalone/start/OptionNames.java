package dev.sluice.standalone.start;

import dev.sluice.processor.source.SourceLogCheck;
import dev.sluice.service.kafka.KafkaSettings;

/** The standalone's options, for the services' settings that a message names. */
final class OptionNames {

    private OptionNames() {}

    /** The message, in the words of the standalone. */
    static String in(String message) {
        return message.replace(" on both services", "")
                .replace(KafkaSettings.IDS_BASE, "--ids-base")
                .replace(SourceLogCheck.MOVED_TO, "--log-moved-to");
    }
}
