package dev.sluice.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.contract.access.AccessToken;
import dev.sluice.contract.access.AccessTokenJson;
import dev.sluice.contract.access.Projects;
import dev.sluice.contract.access.Role;
import dev.sluice.contract.access.TokenText;
import dev.sluice.contract.access.TokenUseJson;
import dev.sluice.contract.topic.TopicNames;
import dev.sluice.contract.topic.TopicSettings;
import dev.sluice.http.access.AccessTokens.Lookup;
import dev.sluice.test.ConcurrentTest;
import dev.sluice.test.TestKafka;
import dev.sluice.test.TestTokens;
import dev.sluice.test.fault.FaultProxy;
import dev.sluice.test.fault.KafkaProxies;
import dev.sluice.test.process.InstalledTopics;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

class KafkaAccessTokensIT {

    private final SecureRandom random = new SecureRandom();

    @ConcurrentTest
    void knowsWhatIsInTheTopicAndWhatComesLater() throws Exception {
        TopicNames topics = TestKafka.freshTopics(KafkaAccessTokensIT.class);
        TokenText early = TokenText.random(random);
        TokenText late = TokenText.random(random);
        create(topics);
        put(topics, early, null);
        try (KafkaAccessTokens tokens = started(topics)) {
            await().until(tokens::isLoaded);
            assertThat(tokens.find(early)).isInstanceOf(Lookup.Known.class);
            assertThat(tokens.find(late)).isInstanceOf(Lookup.Unknown.class);
            assertThat(tokens.find(new TokenText(early.id(), late.secret()))).isInstanceOf(Lookup.Unknown.class);

            put(topics, late, null);
            await().until(() -> tokens.find(late) instanceof Lookup.Known);

            installed(topics).putToken(early.id(), null);
            await().until(() -> tokens.find(early) instanceof Lookup.Unknown);
        }
    }

    @ConcurrentTest
    void opensNothingForATokenThatHasExpiredOrCannotBeRead() throws Exception {
        TopicNames topics = TestKafka.freshTopics(KafkaAccessTokensIT.class);
        TokenText expired = TokenText.random(random);
        TokenText damaged = TokenText.random(random);
        TokenText good = TokenText.random(random);
        create(topics);
        put(topics, expired, Instant.now().minusSeconds(1));
        put(topics, damaged, null);
        installed(topics).putToken(damaged.id(), "{\"role\":".getBytes(StandardCharsets.UTF_8));
        installed(topics).putToken("no id\r\n", "{}".getBytes(StandardCharsets.UTF_8));
        put(topics, good, Instant.now().plusSeconds(60));

        try (KafkaAccessTokens tokens = started(topics)) {
            await().until(tokens::isLoaded);

            assertThat(tokens.find(good)).isInstanceOf(Lookup.Known.class);
            assertThat(tokens.find(expired)).isInstanceOf(Lookup.Unknown.class);
            assertThat(tokens.find(damaged)).isInstanceOf(Lookup.Unknown.class);
        }
    }

    @ConcurrentTest
    void grantsWhatLastsUntilTheTokenExpiresOrChangesOrIsRevoked() throws Exception {
        TopicNames topics = TestKafka.freshTopics(KafkaAccessTokensIT.class);
        Instant end = Instant.parse("2026-12-01T00:00:00Z");
        AtomicReference<Instant> now = new AtomicReference<>(end.minusSeconds(1));
        TokenText expiring = TokenText.random(random);
        TokenText revoked = TokenText.random(random);
        create(topics);
        put(topics, expiring, end);
        put(topics, revoked, end);
        InstantSource source = now::get;
        try (KafkaAccessTokens tokens =
                new KafkaAccessTokens(TestKafka.properties(), topics, source.withZone(ZoneOffset.UTC))) {
            tokens.start();
            await().until(tokens::isLoaded);
            AccessToken found = ((Lookup.Known) tokens.find(expiring)).token();
            AccessToken other = ((Lookup.Known) tokens.find(revoked)).token();
            assertThat(tokens.stillGrants(found)).isTrue();

            installed(topics).putToken(revoked.id(), null);
            await().until(() -> !tokens.stillGrants(other));
            put(topics, expiring, end.plusSeconds(60));
            await().until(() -> {
                now.set(end);
                return tokens.find(expiring) instanceof Lookup.Known;
            });
            assertThat(tokens.stillGrants(found)).isTrue();

            now.set(end.plusSeconds(60));
            assertThat(tokens.stillGrants(found)).isFalse();
            assertThat(tokens.find(expiring)).isInstanceOf(Lookup.Unknown.class);
        }
    }

    @ConcurrentTest
    void readsItAllAgainEveryHourForWhatItWasNeverTold() throws Exception {
        TopicNames topics = TestKafka.freshTopics(KafkaAccessTokensIT.class);
        TokenText kept = TokenText.random(random);
        TokenText gone = TokenText.random(random);
        // Kafka deletes records on demand only from topics that also delete by retention; compaction does the same
        // within days.
        create(new TopicSettings(topics.accessTokens(), 1, Map.of("cleanup.policy", "compact,delete")));
        put(topics, gone, null);
        put(topics, kept, null);
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        InstantSource source = now::get;
        try (KafkaAccessTokens tokens =
                new KafkaAccessTokens(TestKafka.properties(), topics, source.withZone(ZoneOffset.UTC))) {
            tokens.start();
            await().until(() -> tokens.find(gone) instanceof Lookup.Known);
            try (Admin admin = Admin.create(TestKafka.properties())) {
                admin.deleteRecords(
                                Map.of(new TopicPartition(topics.accessTokens(), 0), RecordsToDelete.beforeOffset(1)))
                        .all()
                        .get();
            }

            now.updateAndGet(time -> time.plusSeconds(3_600));

            await().until(() -> tokens.find(gone) instanceof Lookup.Unknown);
            assertThat(tokens.find(kept)).isInstanceOf(Lookup.Known.class);
        }
    }

    /** A consumer that is cut off meanwhile goes on where it was, in the middle of the new topic. */
    @ConcurrentTest
    void learnsWithinAnHourWhatCameBeforeItsPlaceInATopicThatWasRestored() throws Exception {
        TopicNames topics = TestKafka.freshTopics(KafkaAccessTokensIT.class);
        TokenText kept = TokenText.random(random);
        TokenText missed = TokenText.random(random);
        TokenText next = TokenText.random(random);
        create(topics);
        put(topics, kept, null);
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        InstantSource source = now::get;
        try (KafkaProxies proxies = KafkaProxies.of(TestKafka.bootstrapServers());
                KafkaAccessTokens tokens = new KafkaAccessTokens(
                        Map.of("bootstrap.servers", proxies.bootstrapServers()),
                        topics,
                        source.withZone(ZoneOffset.UTC))) {
            tokens.start();
            await().until(() -> tokens.find(kept) instanceof Lookup.Known);
            proxies.all().forEach(FaultProxy::refuse);
            makeAnew(topics);
            put(topics, missed, null);
            put(topics, kept, null);
            put(topics, next, null);
            proxies.all().forEach(FaultProxy::restore);
            await().until(() -> tokens.find(next) instanceof Lookup.Known);

            now.updateAndGet(time -> time.plusSeconds(3_600));

            await().until(() -> tokens.find(missed) instanceof Lookup.Known);
            assertThat(tokens.find(kept)).isInstanceOf(Lookup.Known.class);
        }
    }

    @ConcurrentTest
    void tellsWhenATokenWasUsedOnceForAllUsesOfAMinute() throws Exception {
        TopicNames topics = TestKafka.freshTopics(KafkaAccessTokensIT.class);
        TokenText token = TokenText.random(random);
        TokenText next = TokenText.random(random);
        create(TopicSettings.accessTokens(topics));
        create(TopicSettings.tokenUses(topics));
        put(topics, token, null);
        put(topics, next, null);
        Instant now = Instant.parse("2020-01-01T00:00:00Z");
        try (KafkaAccessTokens tokens =
                new KafkaAccessTokens(TestKafka.properties(), topics, Clock.fixed(now, ZoneOffset.UTC))) {
            tokens.start();
            await().until(() -> tokens.find(token) instanceof Lookup.Known);

            await().until(() -> !uses(topics).isEmpty());
            tokens.find(token);
            tokens.find(TokenText.random(random));
            await().until(() -> tokens.find(next) instanceof Lookup.Known);
            await().until(() -> uses(topics).size() > 1);
        }

        assertThat(uses(topics))
                .extracting(use -> new String(use.key(), StandardCharsets.UTF_8))
                .containsExactly(token.id(), next.id());
        assertThat(uses(topics))
                .allSatisfy(use -> assertThat(TokenUseJson.read(use.value())).isEqualTo(now));
    }

    @ConcurrentTest
    void waitsForATopicThatDoesNotExistYet() throws Exception {
        TopicNames topics = TestKafka.freshTopics(KafkaAccessTokensIT.class);
        TokenText token = TokenText.random(random);
        try (KafkaAccessTokens tokens = started(topics)) {
            await().until(() -> tokens.readiness().state().get().detail().contains("does not exist"));
            assertThat(tokens.find(token)).isInstanceOf(Lookup.NotLoaded.class);

            create(topics);
            put(topics, token, null);

            await().until(() -> tokens.find(token) instanceof Lookup.Known);
            assertThat(tokens.readiness().state().get().ready()).isTrue();
        }
    }

    private static KafkaAccessTokens started(TopicNames topics) {
        KafkaAccessTokens tokens = new KafkaAccessTokens(TestKafka.properties(), topics, Clock.systemUTC());
        tokens.start();
        return tokens;
    }

    private static List<ConsumerRecord<byte[], byte[]>> uses(TopicNames topics) {
        return installed(topics).records(topics.tokenUses());
    }

    private static void makeAnew(TopicNames topics) throws Exception {
        try (Admin admin = Admin.create(TestKafka.properties())) {
            admin.deleteTopics(List.of(topics.accessTokens())).all().get();
        }
        await().ignoreExceptions().until(() -> {
            create(topics);
            return true;
        });
    }

    private static void create(TopicNames topics) throws Exception {
        create(TopicSettings.accessTokens(topics));
    }

    private static void create(TopicSettings settings) throws Exception {
        try (Admin admin = Admin.create(TestKafka.properties())) {
            NewTopic topic =
                    new NewTopic(settings.name(), Optional.of(1), Optional.empty()).configs(settings.configuration());
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static void put(TopicNames topics, TokenText text, @Nullable Instant expires) {
        AccessToken token = TestTokens.token(text, Role.WRITER, new Projects.All(), expires);
        installed(topics).putToken(text.id(), AccessTokenJson.write(token));
    }

    private static InstalledTopics installed(TopicNames topics) {
        return new InstalledTopics(TestKafka.properties(), topics);
    }
}
