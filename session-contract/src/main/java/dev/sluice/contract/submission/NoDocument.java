package dev.sluice.contract.submission;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Discards the document that follows an error. */
enum NoDocument implements DocumentSink {
    INSTANCE;

    @Override
    public void startObject(@Nullable FieldName name) {}

    @Override
    public void startArray(@Nullable FieldName name) {}

    @Override
    public void end() {}

    @Override
    public void string(@Nullable FieldName name, byte[] text, int offset, int length) {}

    @Override
    public void int32(@Nullable FieldName name, int value) {}

    @Override
    public void int64(@Nullable FieldName name, long value) {}

    @Override
    public void float64(@Nullable FieldName name, double value) {}

    @Override
    public void decimal128(@Nullable FieldName name, BigDecimal value) {}

    @Override
    public void bool(@Nullable FieldName name, boolean value) {}

    @Override
    public void nil(@Nullable FieldName name) {}

    @Override
    public long size() {
        return 0;
    }
}
