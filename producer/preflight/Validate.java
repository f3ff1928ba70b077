import java.io.FileInputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Validate FLAVOUR FILE: a line for each rule broken (clause, count, words), then "done". */
public class Validate {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.valueOf(arguments[0]);
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, String> words = new TreeMap<>();
        try (PDFAParser parser = Foundries.defaultInstance()
                     .createParser(new FileInputStream(arguments[1]), flavour);
             PDFAValidator validator = Foundries.defaultInstance()
                     .createValidator(flavour, false)) {
            for (TestAssertion found : validator.validate(parser).getTestAssertions()) {
                if (found.getStatus() != TestAssertion.Status.FAILED) continue;
                String rule = found.getRuleId().getClause() + "-" + found.getRuleId().getTestNumber();
                counts.merge(rule, 1, Integer::sum);
                words.putIfAbsent(rule, found.getMessage().replaceAll("\\s+", " "));
            }
        }
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        counts.forEach((rule, count) -> out.println(rule + "\t" + count + "\t" + words.get(rule)));
        out.println("done");
    }
}
