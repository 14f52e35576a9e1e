package dev.sluice.contract.submission;

import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.json.UTF8StreamJsonParser;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/**
 * Jackson's parser over a well-formed UTF-8 body. It also gives the position of the string it has reached, so that {@link StringBytes} can read the
 * string in place instead of decoding it, and skips unread strings eight bytes at a time while they contain no escapes. Everything else, including
 * the messages for a body that is not JSON, is Jackson's.
 */
final class BodyParser extends UTF8StreamJsonParser {

    static final int NO_FIELD = PropertyNameMatcher.MATCH_END_OBJECT;

    static final int UNKNOWN_FIELD = PropertyNameMatcher.MATCH_UNKNOWN_NAME;

    private BodyParser(
            ObjectReadContext context,
            IOContext io,
            int streamFeatures,
            int formatFeatures,
            ByteQuadsCanonicalizer names,
            byte[] body) {
        super(context, io, streamFeatures, formatFeatures, null, names, body, 0, body.length, 0, false);
    }

    static PropertyNameMatcher names(Stream<FieldName> names) {
        return new JsonFactory()
                .constructNameMatcher(
                        names.map(name -> Named.fromString(name.text())).toList(), false);
    }

    /**
     * Advances to the object's next field, matching its name without the parser's symbol table. Returns the index of the name in {@code names},
     * {@link #NO_FIELD} or {@link #UNKNOWN_FIELD}.
     */
    int nextField(PropertyNameMatcher names) {
        return nextNameMatch(names);
    }

    /** The name of the field that is being read {@code depth} levels below the body, or what stands for none. */
    String fieldAt(int depth) {
        TokenStreamContext context = streamReadContext();
        while (context.getNestingDepth() > depth) {
            context = context.getParent();
        }
        String name = context.currentName();
        return name == null ? SubmissionErrors.NO_FIELD : name;
    }

    byte[] body() {
        return _inputBuffer;
    }

    int tokenStart() {
        return (int) _tokenInputTotal - 1;
    }

    int tokenEnd() {
        return _inputPtr;
    }

    /** The start of the current string, after its opening quote. Valid only until the parser is asked for its text. */
    int stringStart() {
        if (!_tokenIncomplete) {
            throw new IllegalStateException(
                    "the parser is not at the start of a string but has read " + currentToken());
        }
        return _inputPtr;
    }

    /** Moves to the end of the current string, which the caller has read and checked up to {@code closingQuote}. */
    void endString(int closingQuote) {
        _inputPtr = closingQuote + 1;
        _tokenIncomplete = false;
    }

    @Override
    protected void _skipString() {
        int special = Specials.next(_inputBuffer, _inputPtr);
        if (Specials.isQuote(_inputBuffer, special)) {
            endString(special);
        } else {
            super._skipString();
        }
    }

    /** Creates parsers that share a symbol table of names. */
    static final class Factory extends JsonFactory {

        private static final long serialVersionUID = 1;

        Factory(JsonFactoryBuilder settings) {
            super(settings);
        }

        BodyParser parser(byte[] body) {
            return (BodyParser) createParser(ObjectReadContext.empty(), body);
        }

        @Override
        protected JsonParser _createParser(
                ObjectReadContext context, IOContext io, byte[] body, int offset, int length) {
            ByteQuadsCanonicalizer names = _byteSymbolCanonicalizer.makeChild(_factoryFeatures);
            return new BodyParser(context, io, _streamReadFeatures, _formatReadFeatures, names, body);
        }
    }
}
