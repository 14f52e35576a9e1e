package dev.sluice.standalone.store;

import dev.sluice.embedded.EmbeddedStore;
import dev.sluice.processor.store.StoreAddress;
import java.io.IOException;
import java.nio.file.Path;

/** The embedded store, with its data in a file. */
record TrialStore(EmbeddedStore embedded) implements Store {

    static TrialStore start(Path file) throws IOException {
        return new TrialStore(EmbeddedStore.start(file, 0));
    }

    @Override
    public String uri() {
        return embedded.uri() + "/" + StoreAddress.DATABASE;
    }

    @Override
    public void flush() {
        embedded.flush();
    }

    @Override
    public String description() {
        return "embedded, for trying out, not for production";
    }

    @Override
    public void close() {
        embedded.close();
    }
}
