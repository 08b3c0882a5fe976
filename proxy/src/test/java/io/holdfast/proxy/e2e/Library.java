package io.holdfast.proxy.e2e;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Hibernate makes of the tables that Flyway created. */
final class Library {
    private Library() {}

    @Entity(name = "Author")
    static class Author {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "author_ids")
        @SequenceGenerator(name = "author_ids", sequenceName = "author_ids", allocationSize = 50)
        @Nullable
        Long id;

        @Column(nullable = false, length = 200)
        String name = "";

        @Version
        int version;

        @OneToMany(mappedBy = "author", cascade = CascadeType.ALL, orphanRemoval = true)
        @OrderBy("id")
        List<Book> books = new ArrayList<>();

        Author() {}

        Author(String name) {
            this.name = name;
        }

        Author wrote(String title, int pages) {
            books.add(new Book(this, title, pages));
            return this;
        }
    }

    @Entity(name = "Book")
    static class Book {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "book_ids")
        @SequenceGenerator(name = "book_ids", sequenceName = "book_ids", allocationSize = 50)
        @Nullable
        Long id;

        @Column(nullable = false, length = 200)
        String title = "";

        @ManyToOne(fetch = FetchType.LAZY, optional = false)
        @Nullable
        Author author;

        int pages;

        Book() {}

        Book(Author author, String title, int pages) {
            this.author = author;
            this.title = title;
            this.pages = pages;
        }
    }
}
