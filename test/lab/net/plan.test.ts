import { expect, test } from "vitest";
import { ipToNumber, linkPool, numberToIp } from "./address-pool.ts";
import { nodeCommands } from "./build-net.ts";
import { type NodeSpec, planNet } from "./plan.ts";

const nodes: NodeSpec[] = [
  { name: "world", parent: null, pool: "transit", addresses: ["198.51.100.10"] },
  { name: "core", parent: "world", pool: "transit", addresses: ["203.0.113.53"] },
  { name: "home", parent: "core", pool: "hosts" },
];
const blocks = { transit: "10.64.0.0/16", hosts: "192.0.2.0/24" };

test("addresses survive the way to a number and back", () => {
  for (const ip of ["0.0.0.0", "10.64.0.1", "192.0.2.254", "255.255.255.255"])
    expect(numberToIp(ipToNumber(ip))).toBe(ip);
  expect(() => ipToNumber("192.0.2.256")).toThrow("not an IPv4 address");
});

test("a pool hands out the two usable addresses of each /30 and refuses when it is used up", () => {
  const next = linkPool("192.0.2.0/29");
  expect(next()).toEqual({ parent: "192.0.2.1", child: "192.0.2.2" });
  expect(next()).toEqual({ parent: "192.0.2.5", child: "192.0.2.6" });
  expect(next).toThrow("no room");
});

test("a parent knows the way to everything below it and a child's default leads up", () => {
  const plan = planNet(nodes, blocks);
  expect(plan.routes).toEqual([
    { node: "core", to: "default", via: "10.64.0.1" },
    { node: "home", to: "default", via: "192.0.2.1" },
    { node: "world", to: "203.0.113.53/32", via: "10.64.0.2" },
    { node: "world", to: "192.0.2.2/32", via: "10.64.0.2" },
  ]);
  expect(plan.addressOf("core")).toBe("203.0.113.53");
  expect(plan.addressOf("home")).toBe("192.0.2.2");
});

test("a node comes up with its own addresses, its ends of links and its routes", () => {
  expect(nodeCommands(planNet(nodes, blocks), "core")).toEqual([
    "link set lo up",
    "addr add 203.0.113.53/32 dev lo",
    "addr add 2001:db8::cb00:7135/128 dev lo nodad",
    "addr add 10.64.0.2/30 dev eth0",
    "addr add 2001:db8::a40:2/126 dev eth0 nodad",
    "addr add 192.0.2.1/30 dev to2",
    "addr add 2001:db8::c000:201/126 dev to2 nodad",
    "link set eth0 up",
    "link set to2 up",
    "route add default via 10.64.0.1",
    "route add default via 2001:db8::a40:1",
  ]);
});

test("a plan with an unknown parent or a name used twice is refused", () => {
  expect(() => planNet([{ name: "a", parent: "b", pool: "hosts" }], blocks)).toThrow("unknown parent");
  expect(() => planNet([...nodes, ...nodes], blocks)).toThrow("same name");
});
