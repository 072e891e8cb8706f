package io.procmon.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpBackendTest {

    @ParameterizedTest
    @CsvSource({
        "http://backend:8000, http://backend:8000",
        "http://backend:8000/, http://backend:8000",
        "https://backend/api/v1, https://backend/api/v1",
        "https://backend/api/v1/, https://backend/api/v1",
        "https://backend/api//, https://backend/api"
    })
    void slashAtTheEnd_isLeftOut(URI endpoint, String address) {
        assertThat(HttpBackend.withoutSlash(endpoint)).hasToString(address);
    }
}
