import { expect, type Locator, type Page } from "@playwright/test";

/** The results page, in the words of a reader. */
export class Results {
  constructor(private readonly page: Page) {}

  get sentence(): Locator {
    return this.page.getByRole("heading", { level: 1 });
  }

  /** The names of the listed facilities, each of them a link. */
  get names(): Locator {
    return this.page.getByRole("article").getByRole("heading", { level: 3 }).getByRole("link");
  }

  facility(name: string): Locator {
    return this.names.filter({ hasText: name });
  }

  /** A chosen filter, as the link that removes it. */
  chip(label: string): Locator {
    return this.page.getByRole("list", { name: "Gewählte Filter" }).getByRole("link", { name: `${label} entfernen` });
  }

  get showButton(): Locator {
    return this.page.getByRole("button", { name: /anzeigen$/ });
  }

  /** The filters are a closed sheet on the phone and a column where there is room. */
  async openFilters() {
    const sheet = this.page.getByText(/^Filtern und sortieren/);
    if (await sheet.isVisible()) await sheet.click();
    await expect(this.showButton).toBeVisible();
  }

  filter(group: string, label: string): Locator {
    return this.page.getByRole("group", { name: group }).getByRole("checkbox", { name: new RegExp(`^${label}`) });
  }
}
