package dev.sluice.test.fault;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.ToIntBiFunction;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's protocol. A request has the name of its API, such as {@code PRODUCE} or {@code OFFSET_COMMIT}, and LIST_OFFSETS
 * also what it asks for its first partition: {@code earliest}, {@code latest} or {@code other}. Broker addresses in responses are replaced with
 * those of their proxies, so that no client bypasses a proxy.
 */
final class KafkaProtocol implements Protocol {

    private static final int API_KEY_AT = Integer.BYTES;
    private static final int API_VERSION_AT = API_KEY_AT + Short.BYTES;
    private static final int REQUEST_ID_AT = API_VERSION_AT + Short.BYTES;
    private static final int ANSWERED_ID_AT = Integer.BYTES;
    private static final int MAX_MESSAGE_BYTES = 128 * 1024 * 1024;

    // The port on 127.0.0.1 of the proxy of a broker with this host and port; -1 if it has none.
    private final ToIntBiFunction<String, Integer> proxies;

    KafkaProtocol(ToIntBiFunction<String, Integer> proxies) {
        this.proxies = proxies;
    }

    @Override
    public byte @Nullable [] read(InputStream stream) throws IOException {
        byte[] length = stream.readNBytes(Integer.BYTES);
        if (length.length < Integer.BYTES) {
            return null;
        }
        int bytes = ByteBuffer.wrap(length).getInt();
        if (bytes < Integer.BYTES || bytes > MAX_MESSAGE_BYTES) {
            throw new IOException("a message of " + bytes + " bytes: expected Kafka's protocol");
        }
        byte[] message = Arrays.copyOf(length, Integer.BYTES + bytes);
        if (stream.readNBytes(message, Integer.BYTES, bytes) < bytes) {
            throw new EOFException("the stream ends within a message");
        }
        return message;
    }

    @Override
    public Message request(byte[] bytes) {
        ByteBuffer message = ByteBuffer.wrap(bytes);
        ApiKeys api = api(bytes);
        String name = api == ApiKeys.LIST_OFFSETS ? api.name() + " " + askedFor(message) : api.name();
        return new Message(name, message.getInt(REQUEST_ID_AT), bytes);
    }

    private static String askedFor(ByteBuffer request) {
        short version = request.getShort(API_VERSION_AT);
        ByteBufferAccessor rest = new ByteBufferAccessor(request.duplicate().position(Integer.BYTES));
        // What follows can be read only behind it.
        var _ = new RequestHeaderData(rest, ApiKeys.LIST_OFFSETS.requestHeaderVersion(version));
        ListOffsetsRequestData asked = new ListOffsetsRequestData(rest, version);
        long timestamp = asked.topics().getFirst().partitions().getFirst().timestamp();
        return switch (Math.toIntExact(Math.min(timestamp, 0))) {
            case (int) ListOffsetsRequest.EARLIEST_TIMESTAMP -> "earliest";
            case (int) ListOffsetsRequest.LATEST_TIMESTAMP -> "latest";
            default -> "other";
        };
    }

    @Override
    public int answered(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getInt(ANSWERED_ID_AT);
    }

    @Override
    public byte[] forClient(Message request, byte[] answer) {
        ApiKeys api = api(request.bytes());
        short version = ByteBuffer.wrap(request.bytes()).getShort(API_VERSION_AT);
        ByteBufferAccessor rest = new ByteBufferAccessor(ByteBuffer.wrap(answer, Integer.BYTES, answer.length - 4));
        ResponseHeaderData header = new ResponseHeaderData(rest, api.responseHeaderVersion(version));
        ApiMessage changed = changed(api, rest, version);
        return changed == null ? answer : bytes(header, api.responseHeaderVersion(version), changed, version);
    }

    /** The response with the addresses of proxies; null if it names no broker. A PRODUCE or FETCH names one only if the leader has changed. */
    private @Nullable ApiMessage changed(ApiKeys api, ByteBufferAccessor rest, short version) {
        return switch (api) {
            case METADATA -> {
                MetadataResponseData answer = new MetadataResponseData(rest, version);
                answer.brokers().forEach(it -> readdress(it.host(), it.port(), it::setHost, it::setPort));
                yield answer;
            }
            case FIND_COORDINATOR -> {
                FindCoordinatorResponseData answer = new FindCoordinatorResponseData(rest, version);
                readdress(answer.host(), answer.port(), answer::setHost, answer::setPort);
                answer.coordinators().forEach(it -> readdress(it.host(), it.port(), it::setHost, it::setPort));
                yield answer;
            }
            case DESCRIBE_CLUSTER -> {
                DescribeClusterResponseData answer = new DescribeClusterResponseData(rest, version);
                answer.brokers().forEach(it -> readdress(it.host(), it.port(), it::setHost, it::setPort));
                yield answer;
            }
            case PRODUCE -> {
                ProduceResponseData answer = new ProduceResponseData(rest, version);
                answer.nodeEndpoints().forEach(it -> readdress(it.host(), it.port(), it::setHost, it::setPort));
                yield answer.nodeEndpoints().isEmpty() ? null : answer;
            }
            case FETCH -> {
                FetchResponseData answer = new FetchResponseData(rest, version);
                answer.nodeEndpoints().forEach(it -> readdress(it.host(), it.port(), it::setHost, it::setPort));
                yield answer.nodeEndpoints().isEmpty() ? null : answer;
            }
            default -> null;
        };
    }

    private static ApiKeys api(byte[] request) {
        return ApiKeys.forId(ByteBuffer.wrap(request).getShort(API_KEY_AT));
    }

    private void readdress(String host, int port, Consumer<String> toHost, IntConsumer toPort) {
        int proxy = proxies.applyAsInt(host, port);
        if (proxy >= 0) {
            toHost.accept(FaultProxy.HOST);
            toPort.accept(proxy);
        }
    }

    private static byte[] bytes(ResponseHeaderData header, short headerVersion, ApiMessage body, short version) {
        ByteBuffer first =
                MessageUtil.toByteBufferAccessor(header, headerVersion).buffer();
        ByteBuffer second = MessageUtil.toByteBufferAccessor(body, version).buffer();
        int length = first.remaining() + second.remaining();
        return ByteBuffer.allocate(Integer.BYTES + length)
                .putInt(length)
                .put(first)
                .put(second)
                .array();
    }
}
