package dev.sluice.contract.submission;

import java.util.stream.Stream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.core.json.UTF8StreamJsonParser;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/**
 * Jackson's parser over a body of well-formed UTF-8, which also says where a string stands that has just begun, so that it can be read in its
 * place ({@link StringBytes}) instead of being decoded. Strings that nobody asks for are run over eight bytes at a time as long as they are
 * plain. Everything else is Jackson's, as is what it says of a body that is not JSON.
 */
final class BodyParser extends UTF8StreamJsonParser {

    /** The object has no further field. */
    static final int NO_FIELD = PropertyNameMatcher.MATCH_END_OBJECT;

    /** A field of another name than those that were asked for. */
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

    /** Names to be told apart by {@link #nextField}. */
    static PropertyNameMatcher names(FieldName... names) {
        return new JsonFactory()
                .constructNameMatcher(
                        Stream.of(names)
                                .map(name -> Named.fromString(name.text()))
                                .toList(),
                        false);
    }

    /**
     * Advances to the object's next field. Returns the index of its name among {@code names}, found without the parser's symbol table, or
     * {@link #NO_FIELD} or {@link #UNKNOWN_FIELD}.
     */
    int nextField(PropertyNameMatcher names) {
        return nextNameMatch(names);
    }

    byte[] body() {
        return _inputBuffer;
    }

    /** Where the string starts that the parser stands at, after its opening quote. Only before the parser was asked for its text. */
    int stringStart() {
        if (!_tokenIncomplete) {
            throw new IllegalStateException(
                    "the parser is not at the start of a string but has read " + currentToken());
        }
        return _inputPtr;
    }

    /** Goes to the end of the string that the parser stands at, which the caller has read up to its closing quote and found right. */
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

    /** Makes parsers, which share the names that they have come across. */
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
