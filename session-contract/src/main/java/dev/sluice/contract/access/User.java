package dev.sluice.contract.access;

/** A user who submits; notes and sessions name it as their updater. The id is positive; the address and the names may be empty. */
public record User(long id, String email, String firstName, String lastName) {

    public static final int MAX_LENGTH = 255;

    public User {
        if (id <= 0) {
            throw new IllegalArgumentException("user id " + id + " is not a positive number");
        }
        checkLength("e-mail", email);
        checkLength("first name", firstName);
        checkLength("last name", lastName);
    }

    private static void checkLength(String what, String value) {
        if (value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the " + what + " has " + value.length() + " characters: expected at most " + MAX_LENGTH);
        }
    }
}
