package dev.sluice.http.tls;

import dev.sluice.http.tls.PemFile.Block;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's own certificate, followed by those of its issuers in order, and the matching key. */
record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {

    private static final String PKCS8 = "PRIVATE KEY";

    ServerIdentity {
        chain = List.copyOf(chain);
    }

    /** @throws UnfitCertificateException if clients could not be served with this certificate and key */
    static ServerIdentity of(PemFile certificates, PemFile key) throws UnfitCertificateException {
        List<X509Certificate> chain = chain(certificates);
        ServerIdentity identity = new ServerIdentity(key(key, chain.getFirst().getPublicKey()), chain);
        if (!identity.belongsTogether()) {
            throw new UnfitCertificateException(
                    key.path() + " is not the key of the first certificate in " + certificates.path());
        }
        return identity;
    }

    /** The time from which clients reject the certificate. */
    Instant expiry() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    @Override
    public String toString() {
        return "ServerIdentity[" + certificate().getSubjectX500Principal() + ", until " + expiry() + "]";
    }

    private static List<X509Certificate> chain(PemFile file) throws UnfitCertificateException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Block block : file.blocks()) {
            if (block.label().equals("CERTIFICATE")) {
                chain.add(certificate(file, block));
            }
        }
        if (chain.isEmpty()) {
            throw new UnfitCertificateException(
                    file.path() + " has no certificate: expected PEM, BEGIN CERTIFICATE, the server's own first");
        }
        for (int i = 1; i < chain.size(); i++) {
            if (!chain.get(i - 1).getIssuerX500Principal().equals(chain.get(i).getSubjectX500Principal())) {
                throw new UnfitCertificateException(
                        "certificate " + (i + 1) + " in " + file.path()
                                + " did not issue the one before it: expected the server's own first, then its issuer's, and so on");
            }
        }
        return chain;
    }

    private static X509Certificate certificate(PemFile file, Block block) throws UnfitCertificateException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.content()));
        } catch (CertificateException e) {
            throw new UnfitCertificateException(
                    file.path() + " has a certificate that cannot be read (" + e.getMessage() + ")");
        }
    }

    private static PrivateKey key(PemFile file, PublicKey counterpart) throws UnfitCertificateException {
        List<Block> keys = file.blocks().stream()
                .filter(block -> block.label().endsWith(PKCS8))
                .toList();
        if (keys.size() != 1 || !keys.getFirst().label().equals(PKCS8)) {
            String found = keys.isEmpty()
                    ? "no key"
                    : String.join(", ", keys.stream().map(Block::label).toList());
            throw new UnfitCertificateException(file.path() + " has " + found
                    + ": expected one unencrypted key in PKCS #8, BEGIN PRIVATE KEY (openssl pkcs8 -topk8 -nocrypt"
                    + " makes one of other forms)");
        }
        try {
            return KeyFactory.getInstance(counterpart.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(keys.getFirst().content()));
        } catch (GeneralSecurityException _) {
            throw new UnfitCertificateException(
                    file.path() + " has no key of the certificate's kind, which is " + counterpart.getAlgorithm());
        }
    }

    private boolean belongsTogether() throws UnfitCertificateException {
        PublicKey counterpart = certificate().getPublicKey();
        String algorithm = signatureBy(counterpart.getAlgorithm());
        if (algorithm == null) {
            throw new UnfitCertificateException("the certificate's key is of the kind " + counterpart.getAlgorithm()
                    + ": expected RSA, EC or EdDSA");
        }
        byte[] probe = new byte[32];
        new SecureRandom().nextBytes(probe);
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(probe);
            byte[] signature = signing.sign();
            Signature verifying = Signature.getInstance(algorithm);
            verifying.initVerify(counterpart);
            verifying.update(probe);
            return verifying.verify(signature);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static @Nullable String signatureBy(String keyAlgorithm) {
        return switch (keyAlgorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default -> null;
        };
    }
}
