package dev.sluice.processor.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreAddressTest {

    @ParameterizedTest
    @CsvSource({
        "mongodb://h, mongodb://h/sluice",
        "mongodb://h/other, mongodb://h/other",
        "'mongodb://h1,h2/?replicaSet=rs0', 'mongodb://h1,h2/sluice?replicaSet=rs0'",
        "mongodb://u:p@h, mongodb://u:p@h/sluice?authSource=admin",
        "mongodb://u:p@h/?authMechanism=SCRAM-SHA-256, mongodb://u:p@h/sluice?authMechanism=SCRAM-SHA-256&authSource=admin",
        "mongodb://CN=u@h/?authMechanism=MONGODB-X509, mongodb://CN=u@h/sluice?authMechanism=MONGODB-X509"
    })
    void hasADatabase(String given, String expected) {
        assertThat(StoreAddress.withDatabase(given)).isEqualTo(expected);
    }
}
