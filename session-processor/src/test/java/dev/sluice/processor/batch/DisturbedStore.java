package dev.sluice.processor.batch;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real store that can be disturbed before, during or after any write. */
final class DisturbedStore {

    /** Disturbs a write. */
    interface Disturbance {

        /**
         * Called before the write.
         *
         * @return how many of its {@code models} reach the store
         */
        int before(int models);

        /** Called after the write, whether it succeeded or not; must throw if only part of it reached the store. */
        void after();
    }

    /** Does nothing. */
    static final Disturbance NONE = new Disturbance() {
        @Override
        public int before(int models) {
            return models;
        }

        @Override
        public void after() {}
    };

    private final MongoDatabase database;
    private Disturbance disturbance = NONE;
    private int writesUntilThen;

    DisturbedStore(MongoClient client, String database) {
        this.database = disturbed(MongoDatabase.class, client.getDatabase(database));
    }

    /** Disturbs the {@code write}th write from now, counted from 0. */
    void disturb(int write, Disturbance disturbance) {
        this.writesUntilThen = write;
        this.disturbance = disturbance;
    }

    void leaveAlone() {
        disturbance = NONE;
    }

    /** A point that can be disturbed like a write, but that writes nothing. */
    void point() {
        Disturbance due = due();
        due.before(0);
        due.after();
    }

    MongoDatabase database() {
        return database;
    }

    private <T> T disturbed(Class<T> type, Object target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    boolean isWrite = List.of("insertMany", "bulkWrite").contains(method.getName());
                    Object result = isWrite ? write(target, method, arguments) : invoke(target, method, arguments);
                    return result instanceof MongoCollection<?> collection
                            ? disturbed(MongoCollection.class, collection)
                            : result instanceof MongoDatabase database
                                    ? disturbed(MongoDatabase.class, database)
                                    : result;
                }));
    }

    private @Nullable Object write(Object target, Method method, Object[] arguments) throws Throwable {
        List<?> models = (List<?>) arguments[0];
        Disturbance due = due();
        Object[] passing = Arrays.copyOf(arguments, arguments.length);
        passing[0] = models.subList(0, due.before(models.size()));
        try {
            return ((List<?>) passing[0]).isEmpty() ? null : invoke(target, method, passing);
        } finally {
            due.after();
        }
    }

    private Disturbance due() {
        if (disturbance != NONE && writesUntilThen-- == 0) {
            Disturbance due = disturbance;
            disturbance = NONE;
            return due;
        }
        return NONE;
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
