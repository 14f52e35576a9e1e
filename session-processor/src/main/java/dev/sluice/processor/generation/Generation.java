package dev.sluice.processor.generation;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;

/**
 * A generation of the projection: a set of collections filled from the log independently of other generations. The first generation's
 * collections have plain names; those of a later one end in its number.
 *
 * @param number counts from 1; never reused
 */
public record Generation(MongoDatabase database, int number) {

    private static final int FIRST = 1;

    public Generation {
        if (number < FIRST) {
            throw new IllegalArgumentException("generation " + number + ": expected " + FIRST + " or more");
        }
    }

    /** The generation that exists before the first rebuild. */
    public static Generation first(MongoDatabase database) {
        return new Generation(database, FIRST);
    }

    /** The name in this generation of the collection called {@code plain} in the first one. */
    public String nameOf(String plain) {
        return number == FIRST ? plain : plain + "_" + number;
    }

    /** This generation's collection called {@code plain} in the first one. */
    public <T> MongoCollection<T> collection(String plain, Class<T> documents) {
        return database.getCollection(nameOf(plain), documents);
    }
}
