package dev.sluice.contract.submission;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Takes what is read after an error, and keeps nothing. */
enum NoDocument implements DocumentSink {
    INSTANCE;

    @Override
    public void startObject(@Nullable String name) {}

    @Override
    public void startArray(@Nullable String name) {}

    @Override
    public void end() {}

    @Override
    public void string(@Nullable String name, byte[] text, int offset, int length) {}

    @Override
    public void string(@Nullable String name, String text) {}

    @Override
    public void int32(@Nullable String name, int value) {}

    @Override
    public void int64(@Nullable String name, long value) {}

    @Override
    public void float64(@Nullable String name, double value) {}

    @Override
    public void decimal128(@Nullable String name, BigDecimal value) {}

    @Override
    public void bool(@Nullable String name, boolean value) {}

    @Override
    public void nil(@Nullable String name) {}

    @Override
    public long size() {
        return 0;
    }
}
