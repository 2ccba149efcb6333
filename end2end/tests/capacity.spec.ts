import { type Page } from "@playwright/test";
import { enterAsAdministrator } from "../support/account";
import { expect, test, type Session } from "../support/portal";

// All projects share one county: each reports for an organization of its own, whose lights no other specification
// reads. What is reported is "belegt": nothing becomes free that others count.
const STAGES = {
  phone: { organization: "AWO Soziale Dienste Lindenrode gGmbH", entry: "Seniorenzentrum Lindenhof" },
  "phone without JavaScript": { organization: "Morgenrot Pflege GmbH", entry: "Wohngemeinschaft Alte Schule" },
  desktop: { organization: "DRK Kreisverband Auenland e. V.", entry: "Tagespflege am Kirchplatz" },
  "desktop without JavaScript": { organization: "Wohnungsgenossenschaft Auenstadt eG", entry: "Barrierefreie Wohnungen Weidenhof" },
};

let stage: (typeof STAGES)[keyof typeof STAGES];
let county: Session;
/** The slug of the organization. */
let slug: string;

test.describe.configure({ mode: "default" });

test.beforeAll(async ({ browser }, info) => {
  stage = STAGES[info.project.name as keyof typeof STAGES];
  const page = await (await browser.newContext()).newPage();
  await enterAsAdministrator(page);
  await page.goto("/kreis/traeger");
  const link = page.getByRole("link", { name: stage.organization, exact: true });
  slug = ((await link.getAttribute("href")) ?? "").split("/").pop() ?? "";
  county = await page.context().storageState();
  await page.context().close();
});

/** Makes a card and answers the path of its link. */
async function makeCard(page: Page, name: string): Promise<string> {
  await page.getByLabel("Name der neuen Karte").fill(name);
  await page.getByRole("button", { name: "Karte anlegen" }).click();
  await expect(page.getByRole("img", { name: "QR-Code mit dem Link zur Meldung" })).toBeVisible();
  const text = await page.getByLabel("Kurztext mit Link").inputValue();
  return new URL(text.slice(text.indexOf("http")).trim()).pathname;
}

test("a card reports with a thumb, says unchanged the next time, and is switched off", async ({ portal, page, meet }) => {
  test.slow();
  const owner = await meet(county);
  const links = `/redaktion/${slug}/meldelinks`;
  await owner.open(links);
  owner.expectFailure(`${links}/karte`);
  await owner.page.getByRole("button", { name: "Karte anlegen" }).click();
  await expect(owner.page).toHaveTitle(/^Fehler/);
  const name = `Büro ${test.info().project.name}`;
  const path = await makeCard(owner.page, name);

  // Whoever has the card has no account and gets no cookie.
  await portal.open(path);
  const facility = page.getByRole("region", { name: stage.entry, exact: true });
  const offer = facility.locator(".report__offer").first();
  const free = offer.getByLabel("Freie Plätze", { exact: true });
  await expect(free).toBeVisible();
  await offer.getByRole("button", { name: "ein Platz mehr" }).click();
  await expect(free).toHaveValue("1");
  await offer.getByRole("button", { name: "ein Platz weniger" }).click();
  await expect(free).toHaveValue("0");
  await offer.getByRole("button", { name: "Melden" }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Danke, das ist gemeldet");
  await expect(page.getByText("belegt")).toBeVisible();
  await expect(page.getByText(/^gilt bis /)).toBeVisible();
  await portal.audit("thanks");

  await page.getByRole("link", { name: `So sehen es alle: ${stage.entry}` }).click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("belegt").first()).toBeVisible({ timeout: 500 });
  }).toPass();

  await portal.visit(path);
  await facility.getByRole("button", { name: /^Unverändert bestätigen/ }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Danke, das ist gemeldet");

  await owner.visit(links);
  const card = owner.page.getByRole("listitem").filter({ hasText: `Karte „${name}“` }).filter({ hasText: "gilt, bis" });
  await card.locator("summary").click();
  await card.getByRole("button", { name: "Ja, abschalten" }).click();
  await expect(owner.page.getByRole("status")).toContainText("Abgeschaltet");
  await portal.visit(path, 410);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dieser Link gilt nicht mehr");
  await portal.audit("over");
});

test("the screen of an organization names what is wrong at its field and keeps what was typed", async ({ meet }) => {
  const office = await meet(county);
  const { page } = office;
  await office.open(`/redaktion/${slug}/meldung`);
  const offer = page.getByRole("region", { name: stage.entry, exact: true }).locator(".report__offer").first();
  const free = offer.getByLabel("Freie Plätze", { exact: true });
  if (!(await free.isVisible())) await offer.getByText("Ändern").first().click();
  await free.fill("-1");
  office.expectFailure(page.url());
  // The enter key reports; it is no minus.
  await free.press("Enter");
  await expect(page).toHaveTitle(/^Fehler: Freie Plätze melden/);
  await expect(free).toHaveValue("-1");
  await expect(free).toHaveAccessibleDescription(/ganze Zahl ab 0/);
  await office.audit("wrong");
  await page.getByRole("alert").getByRole("link").click();
  await expect(free).toBeFocused();
});
