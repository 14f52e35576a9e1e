package dev.sluice.contract.text;

import dev.sluice.contract.thread.Carriers;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes JSON in UTF-8. */
public final class Json {

    private static final JsonFactory JSON = new JsonFactory();

    private Json() {}

    public static byte[] write(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new Bytes();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(json);
        }
        return bytes.toByteArray();
    }

    /** Lets other threads run while a long text is written. */
    private static final class Bytes extends ByteArrayOutputStream {

        private int sliceEnd = Carriers.SLICE_BYTES;

        private Bytes() {
            super(512);
        }

        @Override
        public synchronized void write(byte[] more, int offset, int length) {
            super.write(more, offset, length);
            if (count >= sliceEnd) {
                sliceEnd = count + Carriers.SLICE_BYTES;
                Carriers.giveWay();
            }
        }
    }
}
