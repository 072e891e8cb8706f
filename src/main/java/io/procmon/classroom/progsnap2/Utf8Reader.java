package io.procmon.classroom.progsnap2;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 and fails exactly at malformed input. {@link java.io.InputStreamReader} would discard the valid
 * characters before it, too, so a message could not name the line.
 */
final class Utf8Reader implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private final char[] chars = new char[BUFFER];
    private final CharBuffer decoded = CharBuffer.wrap(chars);
    private final InputStream in;
    private int position;
    private int limit;
    private boolean lastBytes;
    private boolean malformed;
    private boolean ended;

    Utf8Reader(InputStream in) {
        this.in = in;
    }

    /**
     * The next character.
     *
     * @return -1 at the end
     * @throws MalformedInputException after the last valid character
     */
    int read() throws IOException {
        while (position == limit) {
            if (malformed) {
                throw new MalformedInputException(1);
            }
            if (ended) {
                return -1;
            }
            fill();
        }
        return chars[position++];
    }

    private void fill() throws IOException {
        CoderResult result = decoder.decode(bytes, decoded.clear(), lastBytes);
        position = 0;
        limit = decoded.position();
        if (result.isError()) {
            malformed = true;
        } else if (result.isUnderflow() && lastBytes) {
            ended = true;
        } else if (result.isUnderflow()) {
            bytes.compact();
            int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
            lastBytes = count < 0;
            bytes.position(bytes.position() + Math.max(count, 0)).flip();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
