package org.bpttbench.harness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bpttbench.experiments.spec.Json;
import org.junit.jupiter.api.Test;

/** Expected texts are written out by hand from the rules of each format. */
class ExportFormatTest {
    private static final String CSV = """
            sweep,setting,estimator.type,relative_bias,draws,message
            s,0123456789,full,0.0,,
            s,abcdefabcd,tbptt,0.123456789,12345678,"a_b & <50 %, ""x|y\"""
            s,abcdefabce,artbp,-1.5E-7,2000,'=1+1
            """;

    @Test
    void programsGetEveryDigit() {
        assertThat(ExportFormat.CSV.of(CSV, List.of())).isEqualTo(CSV);
        assertThat(ExportFormat.CSV.of(CSV, List.of("message", "draws")))
                .isEqualTo("message,draws\n,\n\"a_b & <50 %, \"\"x|y\"\"\",12345678\n'=1+1,2000\n");
        assertThat(Json.read(ExportFormat.JSON.of(CSV, List.of()))).isEqualTo(Json.read("""
                                [{"sweep":"s","setting":"0123456789","estimator.type":"full","relative_bias":0.0,"draws":"","message":""},
                                 {"sweep":"s","setting":"abcdefabcd","estimator.type":"tbptt","relative_bias":0.123456789,"draws":12345678,
                                  "message":"a_b & <50 %, \\"x|y\\""},
                                 {"sweep":"s","setting":"abcdefabce","estimator.type":"artbp","relative_bias":-1.5E-7,"draws":2000,
                                  "message":"'=1+1"}]"""));
    }

    @Test
    void readersGetAFewDigitsAndNoIds() {
        assertThat(ExportFormat.MD.of(CSV, List.of())).isEqualTo("""
                        | estimator.type | relative_bias | draws | message |
                        | --- | ---: | ---: | --- |
                        | full | 0 |  |  |
                        | tbptt | 0.1235 | 12345678 | a_b & &lt;50 %, "x\\|y" |
                        | artbp | -1.500e-7 | 2000 | '=1+1 |
                        """);
        assertThat(ExportFormat.LATEX.of(CSV, List.of())).isEqualTo("""
                        % needs \\usepackage{booktabs}
                        \\begin{tabular}{lrrl}
                        \\toprule
                        estimator.type & relative\\_bias & draws & message \\\\
                        \\midrule
                        full & $0$ &  &  \\\\
                        tbptt & $0.1235$ & $12345678$ & a\\_b \\& <50 \\%, "x|y" \\\\
                        artbp & $-1.500\\cdot 10^{-7}$ & $2000$ & '=1+1 \\\\
                        \\bottomrule
                        \\end{tabular}
                        """);
    }

    @Test
    void aColumnThatIsNotThereIsSaid() {
        assertThat(ExportFormat.MD.of("a,b\n![x](javascript:y) &lt; `z` *w*,\"=1+1\n| c |\"\n1,2\n", List.of("a", "b")))
                .contains("| !\\[x\\](javascript:y) &amp;lt; \\`z\\` \\*w\\* | =1+1 \\| c \\| |\n");
        assertThatThrownBy(() -> ExportFormat.MD.of(CSV, List.of("relativ_bias")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no column 'relativ_bias'; there are sweep, setting");
    }
}
