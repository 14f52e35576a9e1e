package dev.sluice.test.fault;

import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** Error responses of a MongoDB server, for {@link Hooks}. */
public final class MongoErrors {

    private static final int NOT_WRITABLE_PRIMARY = 10107;
    private static final int OUT_OF_DISK_SPACE = 14031;
    private static final int WRITE_CONCERN_TIMEOUT = 64;

    private MongoErrors() {}

    /** The server is not (or no longer) the primary. Replaces a request. */
    public static Then notPrimary(Message request) {
        return failure(request, NOT_WRITABLE_PRIMARY, "NotWritablePrimary", "not primary");
    }

    /** The server refuses the whole command. Replaces a request. */
    public static Then outOfDiskSpace(Message request) {
        return failure(request, OUT_OF_DISK_SPACE, "OutOfDiskSpace", "available disk space is less than required");
    }

    /** The server refuses the command's first write and performs none of the others. Replaces a request. */
    public static Then firstWriteRefused(Message request) {
        BsonDocument error = new BsonDocument("index", new BsonInt32(0))
                .append("code", new BsonInt32(OUT_OF_DISK_SPACE))
                .append("errmsg", new BsonString("available disk space is less than required"));
        return new Then.Answer(MongoProtocol.answer(
                request.id(),
                new BsonDocument("ok", new BsonDouble(1))
                        .append("n", new BsonInt32(0))
                        .append("writeErrors", new BsonArray(List.of(error)))));
    }

    /** The server has written, but its replicas have not confirmed in time. Replaces the response. */
    public static Then notReplicatedInTime(Message answer) {
        BsonDocument body = MongoProtocol.body(answer.bytes());
        if (body == null) {
            throw new IllegalArgumentException("the answer to " + answer.request() + " has no document");
        }
        BsonDocument changed = BsonDocument.parse(body.toJson());
        changed.append(
                "writeConcernError",
                new BsonDocument("code", new BsonInt32(WRITE_CONCERN_TIMEOUT))
                        .append("codeName", new BsonString("WriteConcernTimeout"))
                        .append("errmsg", new BsonString("waiting for replication timed out"))
                        .append("errInfo", new BsonDocument("wtimeout", new BsonInt32(1))));
        return new Then.Answer(MongoProtocol.answer(answer.id(), changed));
    }

    private static Then failure(Message request, int code, String name, String text) {
        return new Then.Answer(MongoProtocol.answer(
                request.id(),
                new BsonDocument("ok", new BsonDouble(0))
                        .append("code", new BsonInt32(code))
                        .append("codeName", new BsonString(name))
                        .append("errmsg", new BsonString(text))));
    }
}
