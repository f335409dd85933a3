import type { Language } from "../api/types.ts";
import type { Facts } from "./facts.ts";

/** VERIFY texts: commands of common tools, run in the unpacked folder, and what each shows. */
export const VERIFY_TEXTS: Readonly<Record<Language, string>> = {
  en: `How to check this bundle without a network

Run these commands in this folder. They need only sha256sum and openssl.

1. No file was changed; every line must end in OK:
   sha256sum -c tagmanifest-sha256.txt
   sha256sum -c manifest-sha256.txt
   Files that stand in neither list are no part of the bundle: do not rely on them.
2. The list of files was signed by the holder of the key in keys/log.pem:
   openssl pkeyutl -verify -pubin -inkey keys/log.pem -rawin -in tagmanifest-sha256.txt -sigfile manifest.sig
3. That key is the right one: compare keys/log.vkey with a copy you got another way, best from several people.
4. If timestamp.tsr is here: somebody else stamped a head of the log. Put the certificate of an authority that you trust
   into tsa.pem:
   openssl ts -verify -data timestamp.txt -in timestamp.tsr -CAfile tsa.pem

"kuager verify FILE --key KEY" does all of this. It also checks the head of the log (checkpoint.txt), its witnesses
(cosignatures.txt), the places of the records in it (log-proof.json), that reports and tables say what incident.json says,
and, where they are enclosed, the signatures and chains of the records. It then judges the records again.
The offline verifier, one page for a browser, does most of it without any program to install.
Get program and verifier from somebody other than whoever gave you this bundle.
`,
  ru: `Как проверить этот пакет без сети

Выполните эти команды в этой папке. Нужны только sha256sum и openssl.

1. Ни один файл не изменён; каждая строка должна кончаться на OK:
   sha256sum -c tagmanifest-sha256.txt
   sha256sum -c manifest-sha256.txt
   Файлы, которых нет ни в одном из списков, к пакету не относятся: не полагайтесь на них.
2. Список файлов подписал владелец ключа из keys/log.pem:
   openssl pkeyutl -verify -pubin -inkey keys/log.pem -rawin -in tagmanifest-sha256.txt -sigfile manifest.sig
3. Это тот самый ключ: сравните keys/log.vkey с копией, полученной другим путём, лучше от нескольких людей.
4. Если здесь есть timestamp.tsr: вершину журнала отметил кто-то другой. Положите сертификат службы времени, которой вы
   доверяете, в tsa.pem:
   openssl ts -verify -data timestamp.txt -in timestamp.tsr -CAfile tsa.pem

«kuager verify FILE --key KEY» делает всё это. Кроме того, проверяются вершина журнала (checkpoint.txt), её свидетели
(cosignatures.txt), места записей в нём (log-proof.json), соответствие отчётов и таблиц файлу incident.json и, если они
приложены, подписи и цепочки записей. Затем записи оцениваются заново.
Автономный проверяльщик, одна страница для браузера, делает почти всё это без установки программ.
Программу и проверяльщик возьмите не у того, кто дал вам этот пакет.
`,
  kk: `Бұл буманы желісіз қалай тексеруге болады

Бұл пәрмендерді осы қалтада орындаңыз. Тек sha256sum мен openssl керек.

1. Ешбір файл өзгертілмеген; әр жол OK деп аяқталуы тиіс:
   sha256sum -c tagmanifest-sha256.txt
   sha256sum -c manifest-sha256.txt
   Екі тізімнің ешқайсысында жоқ файлдар бумаға жатпайды: оларға сүйенбеңіз.
2. Файлдар тізіміне keys/log.pem кілтінің иесі қол қойған:
   openssl pkeyutl -verify -pubin -inkey keys/log.pem -rawin -in tagmanifest-sha256.txt -sigfile manifest.sig
3. Бұл дұрыс кілт: keys/log.vkey файлын басқа жолмен, жақсысы бірнеше адамнан алған көшірмемен салыстырыңыз.
4. Мұнда timestamp.tsr болса: журналдың басына басқа біреу уақыт белгісін соққан. Өзіңіз сенетін уақыт қызметінің
   сертификатын tsa.pem файлына салыңыз:
   openssl ts -verify -data timestamp.txt -in timestamp.tsr -CAfile tsa.pem

«kuager verify FILE --key KEY» мұның бәрін жасайды. Оған қоса журналдың басын (checkpoint.txt), оның куәларын
(cosignatures.txt), жазбалардың ондағы орындарын (log-proof.json), есептер мен кестелердің incident.json айтқанды айтатынын,
ал қоса берілсе, жазбалардың қолтаңбалары мен тізбектерін тексереді. Содан соң жазбалар қайта бағаланады.
Желісіз тексергіш, браузерге арналған бір бет, мұның көбін бағдарлама орнатпай-ақ жасайды.
Бағдарлама мен тексергішті бұл буманы берген адамнан емес, басқадан алыңыз.
`,
};

export const METHODOLOGY = `# Method

Probes run by volunteers resolve names, connect, shake hands over TLS and ask for pages, and record each step as it went,
signed and in order. Control probes on other networks do the same. A measurement is judged by rules of a numbered version
against what controls saw of the same site at about the same time; the rule stands in every verdict (verdicts.ndjson).
Incidents follow from verdicts and from the simultaneous silence of probes by pure functions of the records: the same
records and rules give the same incidents. Detection never reads the list of events.

Other explanations (power cut, fault of a provider, fault of the site or of our own collector and others) are each
held against the records; the score is a sum of log-likelihood ratios, and the reasons stand beside it (incident.json).

Every record that the collector accepted is a leaf of an append-only log (RFC 9162). Its head is signed (checkpoint.txt);
log-proof.json shows that the enclosed records are in it. The bundle is laid out by RFC 8493.
`;

export const LIMITATIONS = `# Limits

- These records do not show who gave an order, nor whether there was one. Nothing here says why something happened.
- Nothing is known of places, networks and times without probes. No data is neither "fine" nor "down".
- Probes behind one backbone are not independent witnesses of who interfered.
- A block cannot always be told from a fault of the site or of its network that looks the same.
- A probe is as honest as the host that it runs on: a signature shows which key wrote a record, not that it is true.
- The log shows that records were held when its head was signed and were not changed since. The time in a head is
  the collector's word, unless others have kept that head too.
- The collector chooses which probes may join. Its key can sign anything: compare heads of the log with other people.
`;

/** What the edition leaves out, and why. */
export const LEFT_OUT: Readonly<Record<Facts["bundle"]["edition"], string>> = {
  public: `# What was left out of this edition, and why

- Signed texts of records: they hold the probe's id, the address of its resolver and the number of every record, which
  together can point at the volunteer who runs it. In their place stand the published fields, the record's SHA-256
  and its leaf in the log. So the signatures of probes cannot be checked here; the edition "originals" has them.
- Regions of probes of which there are fewer than three on a network: the country stands in their place.
- Records about the line and the life of a probe (link, alive, start, stop) and of other sites.
`,
  originals: `# What was left out of this edition, and why

- Nothing of the records of the time in question. Names, contacts and addresses of volunteers are not known to the collector.
- Do not publish this edition: ids, resolvers and exact times can point at volunteers. Hand on the edition "public".
`,
};
