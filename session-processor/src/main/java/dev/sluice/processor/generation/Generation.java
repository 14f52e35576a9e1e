package dev.sluice.processor.generation;

import com.mongodb.client.MongoCollection;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * One generation of the projection: a set of collections that is filled from the log by itself, beside those of other generations. The first
 * one's have plain names, a later one's end in its number.
 *
 * @param mongo the database
 * @param number counts from 1; a number that was given once is never given again
 */
public record Generation(MongoTemplate mongo, int number) {

    private static final int FIRST = 1;

    public Generation {
        if (number < FIRST) {
            throw new IllegalArgumentException("generation " + number + ": expected " + FIRST + " or more");
        }
    }

    /** The one that is there before anything was ever rebuilt. */
    public static Generation first(MongoTemplate mongo) {
        return new Generation(mongo, FIRST);
    }

    /** What the collection is called in this generation that is called {@code plain} in the first one. */
    public String nameOf(String plain) {
        return number == FIRST ? plain : plain + "_" + number;
    }

    /** This generation's own collection. */
    public <T> MongoCollection<T> collection(String plain, Class<T> documents) {
        return mongo.getDb().getCollection(nameOf(plain), documents);
    }
}
