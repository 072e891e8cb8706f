package io.procmon.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawTextTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        a name                      | 6d61696e2e63       | main.c
        Hangul                      | ea b0 80 2e 63     | 가.c
        beyond the first plane      | f09f98802e63       | 😀.c
        EUC-KR                      | b0 a1 2e 63        | ��.c
        the last bytes of a cut one | 80 ac 2f 61        | ��/a
        the first bytes of one      | 61 e2 82           | a�
        an overlong slash           | c0 af              | ��
        an encoded surrogate        | ed b2 80           | �
        a real replacement          | ef bf bd           | �
        nothing                     | ''                 | ''
        """)
    void bytes_keepTheirIdentity_andAreReadable(String name, String hex, String readable) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

        String text = RawText.decode(bytes);

        assertThat(RawText.encode(text)).isEqualTo(bytes);
        assertThat(RawText.readable(text)).isEqualTo(readable).isEqualTo(new String(bytes, UTF_8));
    }

    @Property
    void anyBytes_comeBack(@ForAll byte[] bytes) {
        assertThat(RawText.encode(RawText.decode(bytes))).isEqualTo(bytes);
    }

    @Property
    void text_isItsUtf8(@ForAll String text) {
        byte[] bytes = text.getBytes(UTF_8);

        assertThat(RawText.decode(bytes)).isEqualTo(new String(bytes, UTF_8));
    }
}
