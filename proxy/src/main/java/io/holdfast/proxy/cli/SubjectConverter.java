package io.holdfast.proxy.cli;

import io.holdfast.config.CertificatePattern;
import io.holdfast.config.CertificateSubject;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whom a certificate names: a common name, or all parts of the subject. */
final class SubjectConverter implements ITypeConverter<CertificateSubject> {
    @Override
    public CertificateSubject convert(String value) {
        try {
            if (CertificatePattern.isClear(value)) {
                return CertificateSubject.parse(value);
            }
        } catch (IllegalArgumentException e) {
            // It is told below what is expected.
        }
        throw new TypeConversionException(
                "'" + value + "' (expected: a common name, or a subject such as /O=Example/OU=ci/CN=runner-7)");
    }
}
